package dev.reprise.storage.jdbc.liveness;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for notifications with {@code org.postgresql.PGConnection#getNotifications(int)}; JDBC has no word for them. It is
 * reached by reflection, so that a store on another database needs no PostgreSQL driver.
 *
 * @param type the driver's interface
 * @param get the method that waits
 */
public record PostgresNotificationReader(Class<?> type, Method get) {

    /** What can wait on such a connection; null when the driver is another. */
    public static @Nullable PostgresNotificationReader of(Connection connection) throws SQLException {
        try {
            Class<?> type = Class.forName("org.postgresql.PGConnection");
            return connection.isWrapperFor(type)
                    ? new PostgresNotificationReader(type, type.getMethod("getNotifications", int.class))
                    : null;
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return null;
        }
    }

    /** Whether something was notified until the time is over. */
    public boolean await(Connection connection, int millis) throws SQLException {
        try {
            Object notified = get.invoke(connection.unwrap(type), millis);
            return notified != null && Array.getLength(notified) > 0;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException broken ? broken : new SQLException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException(e);
        }
    }
}
