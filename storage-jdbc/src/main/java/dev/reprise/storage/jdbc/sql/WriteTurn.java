package dev.reprise.storage.jdbc.sql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction at a time write to a database file, among all processes that use it; on a server there is nothing
 * to wait for.
 *
 * <p>SQLite lets one write at a time itself, but who waits there is woken by chance, and may wait for as long as others
 * come and go. H2 needs it because it puts its maps into the file one by one and not as one snapshot: a commit may write
 * half of what another session is in the middle of, an index entry without the record that would undo it. When the process
 * is killed then, the entry stays, and a transaction that meets it waits for ever (h2database issue 2080).
 */
public final class WriteTurn {

    /** For databases that keep their transactions apart themselves. */
    public static final WriteTurn NOT_NEEDED = new WriteTurn(null, "");

    /** A turn lasts milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Longer than those who wait in other processes take to look again. */
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final @Nullable FileMutex mutex;
    private final String database;
    private volatile boolean shared;
    private volatile long over = System.nanoTime() - GAP_NANOS;

    private WriteTurn(@Nullable FileMutex mutex, String database) {
        this.mutex = mutex;
        this.database = database;
    }

    /**
     * The turn at a database's file.
     *
     * @param database the path of the file
     */
    public static WriteTurn of(String database) {
        return new WriteTurn(new FileMutex(Path.of(database + ".writer")), database);
    }

    /** A turn that has been taken; closing it lets the next one write. */
    @FunctionalInterface
    public interface Taken extends AutoCloseable {

        @Override
        void close();
    }

    /** Whether runners of other processes are alive, so that a turn after a turn leaves them a gap to take theirs. */
    public void shared(boolean value) {
        shared = value;
    }

    /**
     * Waits for the turn, for a while. Not to be called on a thread that may be interrupted.
     *
     * @throws WriterBlockedException when another has it all the time
     */
    public Taken take() throws WriterBlockedException {
        if (mutex == null) {
            return () -> {};
        }
        if (shared) {
            LockSupport.parkNanos(over + GAP_NANOS - System.nanoTime());
        }
        var held = mutex.take(PATIENCE);
        if (held == null) {
            throw new WriterBlockedException(
                    "another process, or another thread, has been in the middle of a write to " + database + " for "
                            + PATIENCE.toSeconds() + " s: it stands still, or the disk does",
                    null);
        }
        return () -> {
            over = System.nanoTime();
            held.close();
        };
    }
}
