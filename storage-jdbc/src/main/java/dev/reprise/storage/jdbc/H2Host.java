package dev.reprise.storage.jdbc;

import dev.reprise.storage.jdbc.H2Note.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that has opened an H2 file for all others, with {@code AUTO_SERVER=TRUE}: it notes beside the file where its
 * server listens. When it is killed, the note stays, and H2 takes seconds to find out that it holds no more.
 */
final class H2Host {

    private static final Logger LOG = LoggerFactory.getLogger(H2Host.class);
    /** A living process looks after its note every second, and writes it again when it was changed; H2 itself waits 2 s. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** As old as no note becomes while others wait for it, in whole seconds, which all file systems can tell apart. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private final Path file;

    /** What the note said when the file was last found to be open in this process; null when it was not yet. */
    private volatile @Nullable String here;

    /** @param database the path of the database's file, without its ending */
    H2Host(String database) {
        file = Path.of(database + ".lock.db").toAbsolutePath();
    }

    /** Whether the file is open, here or by somebody who answers or may be alive; otherwise it has to be opened. */
    boolean isThere() {
        H2Note note = H2Note.read(file);
        return note.key().equals(here) || isServed(note);
    }

    private static boolean isServed(H2Note note) {
        Sign sign = note.sign();
        return sign == Sign.ANSWERS || sign == Sign.SILENT;
    }

    /** Whether a file that has just been opened is shared. */
    boolean isShared() {
        long start = System.nanoTime();
        H2Note note = H2Note.read(file);
        while (note.sign() == Sign.COMING && System.nanoTime() - start < QUIET_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS); // another process may have written over it for a moment
            note = H2Note.read(file);
        }
        return isServed(note);
    }

    /** Learns from a connection whether the file is open in this process, which need not be asked then. */
    void meet(Connection connection) throws SQLException {
        // The servers that a session is connected to are among H2's own properties of a client.
        if ("0".equals(connection.getClientInfo("numServers"))) {
            H2Note note = H2Note.read(file);
            here = note.server() == null ? null : note.key();
        }
    }

    /**
     * Removes the note of a process that is dead: nobody listens where it says, or it does not say where, and nobody writes
     * it again when it was changed. Who opens the file, or closes it in peace, is waited for.
     */
    void forgetTheDead() {
        try {
            long start = System.nanoTime();
            long since = start;
            H2Note note = H2Note.read(file);
            FileTime mark = null;
            while (isDoubtful(note) && System.nanoTime() - start < LONGEST_NANOS) {
                if (mark == null) {
                    mark = mark();
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > QUIET_NANOS && note.sign() != Sign.GOING) {
                    remove(note);
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                H2Note now = H2Note.read(file);
                if (!now.equals(note) || !Files.getLastModifiedTime(file).equals(mark)) {
                    note = now;
                    mark = null;
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there any more", file);
        } catch (IOException e) {
            LOG.warn("{} cannot be looked after, which H2 does then, and takes longer", file, e);
        }
    }

    private static boolean isDoubtful(H2Note note) {
        Sign sign = note.sign();
        return sign == Sign.COMING || sign == Sign.GOING || sign == Sign.GONE;
    }

    /** Changes the note's time; who looks after it writes it again. */
    private FileTime mark() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(AGE).truncatedTo(ChronoUnit.SECONDS)));
        return Files.getLastModifiedTime(file);
    }

    private void remove(H2Note note) throws IOException {
        LOG.info("the process that had opened the database is dead: {}, which says {}, is removed", file, note.said());
        Files.deleteIfExists(file);
    }
}
