package dev.reprise.storage.jdbc.h2;

import dev.reprise.storage.jdbc.h2.H2Note.Sign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that has opened an H2 file for all others, with {@code AUTO_SERVER=TRUE}: it notes beside the file where its
 * server listens. When it is killed, the note stays, and H2 takes seconds to find out that it holds no more.
 */
public final class H2Host {

    private static final Logger LOG = LoggerFactory.getLogger(H2Host.class);
    /** A living process looks after its note every second, and writes it again when it was changed; H2 itself waits 2 s. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_250);
    /** Twice, for the case that a living process has taken one of the marks for the time of its own writing. */
    private static final int QUIET_TIMES = 2;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(6);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** How old a note looks that has been marked, unless it has been lately. */
    private static final Duration AGE = Duration.ofMinutes(1);
    /** What the times of files may be rounded to. */
    private static final Duration COARSE = Duration.ofSeconds(2);

    private final Path file;

    /** What the note said when the file was last found to be open in this process; null when it was not yet. */
    private volatile @Nullable String here;

    /**
     * The host of a file.
     *
     * @param database the path of the database's file, without its ending
     */
    public H2Host(String database) {
        file = Path.of(database + ".lock.db").toAbsolutePath();
    }

    /** Whether the file is open, here or by somebody who answers or may be alive; otherwise it has to be opened. */
    public boolean isThere() {
        H2Note note = H2Note.read(file);
        return note.key().equals(here) || isServed(note);
    }

    private static boolean isServed(H2Note note) {
        Sign sign = note.sign();
        return sign == Sign.ANSWERS || sign == Sign.SILENT;
    }

    /** Whether the file is shared that a connection has open. */
    public boolean isShared(Connection connection) throws SQLException {
        return !isEmbedded(connection) || isServed(H2Note.read(file));
    }

    /** The servers that a session is connected to are among H2's own properties of a client. */
    private static boolean isEmbedded(Connection connection) throws SQLException {
        return "0".equals(connection.getClientInfo("numServers"));
    }

    /** Learns from a connection whether the file is open in this process, which need not be asked then. */
    public void meet(Connection connection) throws SQLException {
        if (isEmbedded(connection)) {
            H2Note note = H2Note.read(file);
            here = note.server() == null ? null : note.key();
        }
    }

    /**
     * Removes the note of a process that is dead: nobody listens where it says, or it does not say where, and nobody writes
     * it again when it was changed. Who opens the file, or closes it in peace, is waited for.
     */
    public void forgetTheDead() {
        try {
            long start = System.nanoTime();
            long since = start;
            int quiet = 0;
            H2Note note = H2Note.read(file);
            FileTime mark = null;
            while (isDoubtful(note) && System.nanoTime() - start < LONGEST_NANOS) {
                if (mark != null && System.nanoTime() - since > QUIET_NANOS && note.sign() != Sign.GOING) {
                    quiet++;
                    if (quiet == QUIET_TIMES && isAsMarked(note, mark)) {
                        remove(note);
                        return;
                    }
                    mark = null;
                }
                if (mark == null) {
                    mark = mark();
                    since = System.nanoTime();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                if (!isAsMarked(note, mark)) {
                    note = H2Note.read(file);
                    mark = null;
                    quiet = 0;
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

    private boolean isAsMarked(H2Note note, @Nullable FileTime mark) throws IOException {
        return Files.getLastModifiedTime(file).equals(mark) && H2Note.read(file).equals(note);
    }

    /**
     * Changes the note's time; who looks after it writes it again.
     *
     * @return the time as the file system keeps it, never the same twice; null when somebody has written at that moment
     */
    private @Nullable FileTime mark() throws IOException {
        Instant before = Files.getLastModifiedTime(file).toInstant();
        Instant time = Instant.now().minus(AGE);
        if (Duration.between(before, time).abs().compareTo(AGE) < 0) {
            time = before.minus(COARSE).minus(COARSE); // an earlier mark
        }
        Files.setLastModifiedTime(file, FileTime.from(time));
        FileTime kept = Files.getLastModifiedTime(file);
        boolean written = Duration.between(kept.toInstant(), time).abs().compareTo(COARSE) > 0;
        return written ? null : kept;
    }

    private void remove(H2Note note) throws IOException {
        LOG.info("the process that had opened the database is dead: {}, which says {}, is removed", file, note.said());
        Files.deleteIfExists(file);
    }
}
