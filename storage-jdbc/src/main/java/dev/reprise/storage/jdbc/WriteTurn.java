package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time write to a database file, among all processes that use it; on a server there is nothing
 * to wait for. A turn lasts until the commit has returned, which no lock inside the database does.
 *
 * <p>H2 puts its maps into the file one by one and not as one snapshot: a commit may write half of what another session is
 * in the middle of, an index entry without the record that would undo it. When the process is killed then, the entry
 * stays, and a transaction that meets it waits for ever (h2database issue 2080).
 */
final class WriteTurn {

    /** For databases that keep their transactions apart themselves. */
    static final WriteTurn NOT_NEEDED = new WriteTurn(null);

    private static final String REGISTRY = "dev.reprise.storage.jdbc.turns";

    private final @Nullable Path file;
    private final ReentrantLock here;

    private WriteTurn(@Nullable Path file) {
        this.file = file;
        here = file == null
                ? new ReentrantLock()
                : registry().computeIfAbsent(file.toString(), f -> new ReentrantLock());
    }

    /** @param database the path of the database's file, without its ending */
    static WriteTurn of(String database) {
        return new WriteTurn(Path.of(database + ".writer").toAbsolutePath());
    }

    /** Locks of the operating system belong to a process: within it these decide, shared by all class loaders. */
    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, ReentrantLock> registry() {
        Properties properties = System.getProperties();
        return (ConcurrentMap<String, ReentrantLock>)
                properties.computeIfAbsent(REGISTRY, name -> new ConcurrentHashMap<String, ReentrantLock>());
    }

    /** A turn that has been taken. */
    @FunctionalInterface
    interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the turn. Not to be called on a thread that may be interrupted. */
    Taken take() {
        if (file == null) {
            return () -> {};
        }
        here.lock();
        try {
            // Closing the channel, or the process's death, ends the lock.
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return () -> release(channel);
        } catch (IOException e) {
            here.unlock();
            throw StoreException.passing("cannot lock " + file, e);
        }
    }

    private void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw StoreException.passing("cannot release " + file, e);
        } finally {
            here.unlock();
        }
    }
}
