package dev.reprise.storage.jdbc.h2;

import dev.reprise.failure.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes an embedded H2 write before it answers. Its default delay of half a second loses commits that it has
 * acknowledged when the process is killed.
 */
public final class WriteDelay {

    // It stands there twice once it has been set: as it was stored, which an opening does not heed, and as it is.
    private static final String READ = "SELECT MAX(CAST(SETTING_VALUE AS INT)) FROM INFORMATION_SCHEMA.SETTINGS"
            + " WHERE SETTING_NAME = 'WRITE_DELAY'";

    private WriteDelay() {}

    public static void none(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            set(statement);
        }
    }

    private static boolean isNone(Statement statement) throws SQLException {
        try (var results = statement.executeQuery(READ)) {
            return results.next() && results.getInt(1) == 0 && !results.wasNull();
        }
    }

    private static void set(Statement statement) throws SQLException {
        try {
            statement.execute("SET WRITE_DELAY 0");
        } catch (SQLException e) {
            if (isNone(statement)) {
                return;
            }
            throw StoreException.lasting(
                    "this user may not run SET WRITE_DELAY 0, without which H2 loses acknowledged commits when the"
                            + " process is killed: add ;WRITE_DELAY=0 to the URL, or let an administrator connect",
                    e);
        }
    }
}
