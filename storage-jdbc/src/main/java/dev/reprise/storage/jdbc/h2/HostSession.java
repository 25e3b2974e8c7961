package dev.reprise.storage.jdbc.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A session at the host of an H2 file. When a client is killed, its session still does what had arrived before, rolls
 * back, writes that, and only then leaves the list of sessions: until then nobody else may write.
 */
public final class HostSession {

    private static final String ME =
            "SELECT SESSION_ID || '/' || SESSION_START FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()";
    // One that is still there and idle was not killed: its process could not roll back, and lives.
    private static final String BUSY = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"
            + " WHERE SESSION_ID || '/' || SESSION_START = ? AND (CONTAINS_UNCOMMITTED OR SESSION_STATE <> 'SLEEP')";
    private static final String THERE =
            "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID || '/' || SESSION_START = ?";

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private HostSession() {}

    /** What tells a connection's session from all others, also from those of earlier and later hosts. */
    public static String of(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ME);
                ResultSet results = statement.executeQuery()) {
            results.next();
            return results.getString(1);
        }
    }

    /** Waits until a session has ended, if the host that is connected to has it at all. */
    public static void awaitEnd(Connection connection, @Nullable String session) throws SQLException {
        long start = System.nanoTime();
        while (session != null && isThere(connection, THERE, session)) {
            long waited = System.nanoTime() - start;
            if (waited > IDLE_NANOS && !isThere(connection, BUSY, session)) {
                return;
            }
            if (waited > PATIENCE_NANOS) {
                throw new SQLException("session " + session + " has not ended, though its process was killed", "08000");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isThere(Connection connection, String sql, String session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            try (ResultSet results = statement.executeQuery()) {
                results.next();
                return results.getInt(1) > 0;
            }
        }
    }
}
