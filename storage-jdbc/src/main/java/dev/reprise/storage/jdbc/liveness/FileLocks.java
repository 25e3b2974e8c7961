package dev.reprise.storage.jdbc.liveness;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks of the operating system on files beside a database: held means alive, free means dead. Such locks belong to a
 * process, and closing any channel of a file drops them; so what this process holds is known from a registry, shared by
 * all class loaders, and its files are never opened a second time.
 */
public final class FileLocks {

    private static final String REGISTRY = "dev.reprise.storage.jdbc.locks";

    private final String database;

    /**
     * The locks beside a database.
     *
     * @param database the path of the database's file, without its ending
     */
    public FileLocks(String database) {
        this.database = database;
    }

    @SuppressWarnings("unchecked")
    private static Set<String> registry() {
        Properties properties = System.getProperties();
        return (Set<String>) properties.computeIfAbsent(REGISTRY, name -> ConcurrentHashMap.<String>newKeySet());
    }

    private Path file(String runner) {
        return Path.of(database + ".runner-" + runner + ".lock").toAbsolutePath();
    }

    /**
     * A lock that is held.
     *
     * @param file the file
     * @param channel the open channel
     */
    public record Held(Path file, FileChannel channel) implements AutoCloseable {

        /** Lets go without a word, as a process's death does. */
        public void abandon() {
            try {
                channel.close();
            } catch (IOException e) {
                throw StoreException.passing("cannot release " + file, e);
            } finally {
                registry().remove(file.toString());
            }
        }

        @Override
        public void close() {
            if (channel.isOpen()) {
                abandon();
                delete(file);
            }
        }
    }

    /** Takes the lock of a runner that is about to be. */
    public Held take(String runner) {
        Path file = file(runner);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            registry().add(file.toString());
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                registry().remove(file.toString());
                throw StoreException.misconfigured("cannot lock " + file + ": its file system has no locks");
            }
            return new Held(file, channel);
        } catch (IOException e) {
            registry().remove(file.toString());
            throw StoreException.lasting("cannot lock " + file, e);
        }
    }

    /** Whether a runner's process is gone. */
    public boolean isFree(String runner) {
        Path file = file(runner);
        if (registry().contains(file.toString())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException e) {
            return true;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw StoreException.passing("cannot look at " + file, e);
        }
    }

    /** Removes the file of a runner that is dead. */
    public void forget(String runner) {
        delete(file(runner));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StoreException.passing("cannot delete " + file, e);
        }
    }
}
