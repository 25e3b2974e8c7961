package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.WriterBlockedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of SQLite that a transaction which writes begins with. Whoever of this library wants it has had the turn first;
 * so what it waits for is the application's own writing, or a file that is being made whole after a kill.
 */
final class WriteLock {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A connection that waits for longer than this, as the application may want it, waits as the library does. */
    private static final int LONGEST_WAIT_MILLIS = 5_000;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private WriteLock() {}

    /**
     * Begins a transaction that may write.
     *
     * @throws WriterBlockedException when somebody else has the lock all the time
     */
    static void take(Connection connection, Dialect dialect, SqliteFile file) throws SQLException {
        int wait = busyTimeout(connection);
        boolean tooLong = wait > LONGEST_WAIT_MILLIS;
        if (tooLong) {
            busyTimeout(connection, (int) PATIENCE.toMillis());
        }
        try {
            begin(connection, dialect, file);
        } finally {
            if (tooLong) {
                busyTimeout(connection, wait);
            }
        }
    }

    private static void begin(Connection connection, Dialect dialect, SqliteFile file) throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                Dialect.execute(connection, "BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (dialect.classify(e) != Fault.CONTENTION) {
                    throw e;
                }
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new WriterBlockedException(
                            "somebody has been writing to " + file + " for " + PATIENCE.toSeconds()
                                    + " s: a transaction of the application that is still open, or a process that stands"
                                    + " still (" + e.getMessage() + ")",
                            e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static int busyTimeout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("PRAGMA busy_timeout")) {
            results.next();
            return results.getInt(1);
        }
    }

    private static void busyTimeout(Connection connection, int millis) throws SQLException {
        Dialect.execute(connection, "PRAGMA busy_timeout = " + millis);
    }
}
