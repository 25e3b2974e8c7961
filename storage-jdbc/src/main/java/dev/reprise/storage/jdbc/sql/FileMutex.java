package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One holder at a time among all threads of all processes of this machine; a process's death lets go of it. Not to be
 * waited for on a thread that may be interrupted, which would close the file.
 */
public final class FileMutex {

    private static final Logger LOG = LoggerFactory.getLogger(FileMutex.class);
    private static final String REGISTRY = "dev.reprise.storage.jdbc.turns";
    /** How often it is looked for, when another process has it. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final Path file;
    private final ReentrantLock here;

    /**
     * A lock at a file.
     *
     * @param file what is locked; made when it is missing, and never deleted, since others may wait for it
     */
    public FileMutex(Path file) {
        this.file = inRealDirectory(file.toAbsolutePath());
        here = registry().computeIfAbsent(this.file.toString(), f -> new ReentrantLock(true));
    }

    /** One path for one file, as far as it can be told: within a process the path decides. */
    private static Path inRealDirectory(Path file) {
        try {
            Path directory = file.getParent();
            return directory == null ? file : directory.toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            return file;
        }
    }

    /** Locks of the operating system belong to a process: within it these decide, shared by all class loaders. */
    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, ReentrantLock> registry() {
        Properties properties = System.getProperties();
        return (ConcurrentMap<String, ReentrantLock>)
                properties.computeIfAbsent(REGISTRY, name -> new ConcurrentHashMap<String, ReentrantLock>());
    }

    /**
     * The mutex, held; closing it lets the next one have it.
     *
     * @param file what is locked
     * @param channel the open file, whose lock ends with it
     * @param here the lock within this process
     */
    public record Held(Path file, FileChannel channel, ReentrantLock here) implements AutoCloseable {

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed", file, e);
            } finally {
                here.unlock();
            }
        }
    }

    /** Waits for it, first among the threads of this process; null when somebody else has had it for longer than that. */
    @Nullable
    public Held take(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            if (!here.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        return locked(end);
    }

    private @Nullable Held locked(long end) {
        FileChannel channel = null;
        boolean taken = false;
        try {
            // Closing the channel, or the process's death, ends the lock.
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            while (lock == null && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
                lock = channel.tryLock();
            }
            taken = lock != null;
            return taken ? new Held(file, channel, here) : null;
        } catch (IOException | OverlappingFileLockException e) {
            throw StoreException.passing("cannot lock " + file, e);
        } finally {
            if (!taken) {
                close(channel);
                here.unlock();
            }
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("a lock that could not be taken could not be closed", e);
        }
    }
}
