package dev.reprise.storage.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks of the operating system beside a database's file that prove the death of the process that had opened it for all:
 * a file for each time that a process did, named by the key that it noted then, locked until it opens another or dies.
 * Nothing is ever lost when a lock cannot be taken: then nobody knows of that process's death, and H2 finds out itself.
 */
final class HostLocks {

    private static final Logger LOG = LoggerFactory.getLogger(HostLocks.class);
    private static final String REGISTRY = "dev.reprise.storage.jdbc.hosts";
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{1,100}");
    private static final String END = ".lock";

    private final Path directory;
    private final String begin;

    /** @param database the path of the database's file, without its ending */
    HostLocks(String database) {
        Path path = Path.of(database).toAbsolutePath();
        directory = path.resolveSibling("");
        begin = path.getFileName() + ".host-";
    }

    /** What this process holds, shared by all class loaders: the same file must never be opened a second time. */
    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, FileChannel> registry() {
        Properties properties = System.getProperties();
        return (ConcurrentMap<String, FileChannel>)
                properties.computeIfAbsent(REGISTRY, name -> new ConcurrentHashMap<String, FileChannel>());
    }

    private Path file(String key) {
        return directory.resolve(begin + key + END);
    }

    /** Says that this process has opened the file, and noted that key. */
    void take(String key) {
        if (!KEY.matcher(key).matches()) {
            return;
        }
        sweep();
        Path file = file(key);
        registry().computeIfAbsent(file.toString(), name -> {
            try {
                return locked(file);
            } catch (IOException e) {
                LOG.debug("{} cannot be locked: {}", file, e.getMessage());
                return null;
            }
        });
    }

    /** It has its name only once it is locked, so that nobody takes a living process for dead. */
    private static FileChannel locked(Path file) throws IOException {
        Path unnamed = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean named = false;
        try {
            if (channel.tryLock() == null) {
                throw new IOException("somebody else has locked it");
            }
            Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
            named = true;
            return channel;
        } finally {
            if (!named) {
                channel.close();
            }
        }
    }

    /** Says that this process has opened the file anew, under another key. */
    void release(String key) {
        Path file = file(key);
        FileChannel channel = registry().remove(file.toString());
        if (channel != null) {
            try {
                Files.deleteIfExists(file);
                channel.close();
            } catch (IOException e) {
                LOG.debug("{} cannot be removed: {}", file, e.getMessage());
            }
        }
    }

    /** Whether the process that noted that key is known to be alive. */
    boolean isAlive(String key) {
        return KEY.matcher(key).matches() && Files.exists(file(key)) && !isFree(file(key));
    }

    /** Whether the process that noted that key is known to be dead. */
    boolean isDead(String key) {
        return KEY.matcher(key).matches() && isFree(file(key));
    }

    private static boolean isFree(Path file) {
        if (registry().containsKey(file.toString())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at: {}", file, e.getMessage());
            return false;
        }
    }

    /** Removes the files of the dead. */
    private void sweep() {
        try (var files = Files.newDirectoryStream(
                directory, file -> file.getFileName().toString().startsWith(begin))) {
            for (Path file : files) {
                if (isFree(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("the locks of dead hosts stay: {}", e.getMessage());
        }
    }
}
