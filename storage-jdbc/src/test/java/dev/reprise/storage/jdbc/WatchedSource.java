package dev.reprise.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Tells a test which methods of its connections are about to be called, or which statements are about to be sent. */
public final class WatchedSource {

    private WatchedSource() {}

    /** What a test does before a call. */
    @FunctionalInterface
    public interface Watch {

        /** A method is about to be called. */
        void called(Connection connection, String method) throws SQLException;
    }

    /** What a test does before a call whose arguments it wants to see. */
    @FunctionalInterface
    private interface Before {
        void called(Connection connection, String method, Object[] arguments) throws SQLException;
    }

    public static DataSource of(DataSource real, Watch before) {
        return source(real, (connection, method, arguments) -> before.called(connection, method));
    }

    public static Connection of(Connection real, Watch before) {
        return connection(real, (connection, method, arguments) -> before.called(connection, method));
    }

    /** Tells the text of each statement that is prepared. */
    public static DataSource ofStatements(DataSource real, Consumer<String> before) {
        return source(real, (connection, method, arguments) -> {
            if (method.equals("prepareStatement")) {
                before.accept((String) arguments[0]);
            }
        });
    }

    private static DataSource source(DataSource real, Before before) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Connection connection ? connection(connection, before) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Connection connection(Connection real, Before before) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    before.called(real, method.getName(), arguments);
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
