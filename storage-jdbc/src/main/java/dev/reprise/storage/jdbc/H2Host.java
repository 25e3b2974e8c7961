package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.H2Note.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that has opened an H2 file for all others, with {@code AUTO_SERVER=TRUE}: it notes beside the file where its
 * server listens. When it is killed, the note stays, and H2 takes seconds to find out that it holds no more.
 */
final class H2Host {

    private static final Logger LOG = LoggerFactory.getLogger(H2Host.class);
    /** A living host whose note another process has written over writes it again after a second; H2 itself allows two. */
    private static final long COMING_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String WATCHDOG = "H2 File Lock Watchdog";
    private static final int SPARE = 20;

    private final Path file;
    private final HostLocks locks;

    /** The key that was last looked at. */
    private volatile String seen = "";
    /** The key of the last host that this process itself was; null when it was none yet. */
    private volatile @Nullable String here;

    /** @param database the path of the database's file, without its ending */
    H2Host(String database) {
        file = Path.of(database + ".lock.db").toAbsolutePath();
        locks = new HostLocks(database);
    }

    /** Whether the file is open, here or by somebody who answers or may be alive; otherwise it has to be opened. */
    boolean isThere() {
        H2Note note = H2Note.read(file);
        meet(note);
        if (note.key().equals(here)) {
            return true;
        }
        Sign sign = note.sign();
        return sign == Sign.ANSWERS || sign == Sign.SILENT;
    }

    /** Whether a file that has just been opened is shared. */
    boolean isShared() {
        Sign sign = settled().sign();
        return sign != Sign.NONE && sign != Sign.COMING;
    }

    /** Finds out whether this process is the host, and if so says that to others for as long as it lives. */
    void meet() {
        meet(H2Note.read(file));
    }

    private void meet(H2Note note) {
        String key = note.key();
        if (note.server() == null || key.equals(seen)) {
            return; // without a server somebody has written over it who wants to be the host
        }
        String before = here;
        if (isWatchedHere()) {
            locks.take(key);
            here = key;
            if (before != null && !before.equals(key)) {
                locks.release(before);
            }
        }
        seen = key;
    }

    /** H2 watches the note, in a thread that has its name, where it has the file open. */
    private boolean isWatchedHere() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        String path = file.toString().replace('\\', '/'); // as H2 writes it
        var threads = new Thread[2 * all.activeCount() + SPARE];
        int count = all.enumerate(threads, true);
        return Stream.of(threads)
                .limit(count)
                .map(Thread::getName)
                .anyMatch(name -> name.startsWith(WATCHDOG) && name.endsWith(" " + path));
    }

    /**
     * Removes the note of a host that is known to be dead, or was killed while it became one. Who closes the file in peace is
     * waited for.
     */
    void forgetTheDead() {
        H2Note note = settled();
        Sign sign = note.sign();
        boolean dead = sign == Sign.COMING || (sign == Sign.GONE && locks.isDead(note.key()));
        if (dead && note.equals(H2Note.read(file))) {
            LOG.info(
                    "the process that had opened the database is dead: {}, which says {}, is removed",
                    file,
                    note.said());
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw StoreException.passing("cannot delete " + file, e);
            }
        }
    }

    /** The note, when it will not change any more, or nobody knows. */
    private H2Note settled() {
        H2Note note = H2Note.read(file);
        long start = System.nanoTime();
        long since = start;
        while (isChanging(note)
                && System.nanoTime() - since < COMING_NANOS
                && System.nanoTime() - start < LONGEST_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
            H2Note now = H2Note.read(file);
            if (!now.equals(note)) {
                note = now;
                since = System.nanoTime();
            }
        }
        return note;
    }

    private boolean isChanging(H2Note note) {
        Sign sign = note.sign();
        return sign == Sign.COMING || sign == Sign.GOING || (sign == Sign.GONE && locks.isAlive(note.key()));
    }
}
