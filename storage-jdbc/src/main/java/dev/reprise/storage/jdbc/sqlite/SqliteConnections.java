package dev.reprise.storage.jdbc.sqlite;

import dev.reprise.storage.jdbc.sql.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to an SQLite file. */
final class SqliteConnections implements Connections, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteConnections.class);
    private static final String DRIVER = "org.sqlite.";
    private static final int TRIES = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataSource source;
    private final AtomicReference<@Nullable Connection> kept = new AtomicReference<>();

    /** @param source the application's */
    SqliteConnections(DataSource source) {
        this.source = source;
    }

    /**
     * Keeps one connection open where the driver's own source makes them, one for each use: who closes a file as the last
     * one copies all of the log into it and deletes the log.
     */
    void keepOpen() throws SQLException {
        if (source.getClass().getName().startsWith(DRIVER)) {
            kept.set(source.getConnection());
        }
    }

    @Override
    public void close() {
        var open = kept.getAndSet(null);
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection that kept the file open could not be closed: {}", e.getMessage());
            }
        }
    }

    /** A connection that was given up may come again, until its pool sees that it is closed. */
    @Override
    public Connection borrow() throws SQLException {
        for (int i = 1; i < TRIES; i++) {
            Connection connection = source.getConnection();
            if (!connection.unwrap(Connection.class).isClosed()) {
                return connection;
            }
            connection.close();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return source.getConnection();
    }

    /** Tells the pool, by name for HikariCP, and closes what is behind its connection. */
    @Override
    public void discard(Connection connection) {
        try {
            var driver = connection.unwrap(Connection.class);
            evict(connection);
            driver.close();
        } catch (SQLException e) {
            LOG.debug("a connection that is given up could not be closed: {}", e.getMessage());
        }
    }

    private void evict(Connection connection) {
        try {
            source.getClass().getMethod("evictConnection", Connection.class).invoke(source, connection);
        } catch (ReflectiveOperationException e) {
            LOG.debug("not a HikariCP: {}", e.getMessage());
        }
    }
}
