package dev.reprise.storage.jdbc.h2;

import dev.reprise.storage.jdbc.sql.Connections;
import dev.reprise.storage.jdbc.sql.FileMutex;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to an H2 file that several processes share. When the one that has opened it is killed, one of the others at
 * a time opens it anew, which H2 leaves to chance: several that try at once keep each other waiting for seconds.
 */
public final class SharedFile implements Connections {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int VALID_SECONDS = 5;
    private static final int TRIES = 20;
    private static final int CLOSED = 90121;
    private static final int BROKEN = 90067;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataSource source;
    private final H2Host host;
    private final FileMutex opening;

    /**
     * Connections to a file.
     *
     * @param database the path of the database's file, without its ending
     */
    public SharedFile(DataSource source, String database) {
        this.source = source;
        host = new H2Host(database);
        opening = new FileMutex(Path.of(database + ".opening"));
    }

    @Override
    public boolean reconnects() {
        return true;
    }

    @Override
    public Connection borrow() throws SQLException {
        if (host.isThere()) {
            return usable(SharedFile::checkOpen);
        }
        try (var held = opening.take(PATIENCE)) {
            if (held == null) {
                LOG.debug("somebody has been opening the database for {}, and is not waited for", PATIENCE);
            } else {
                host.forgetTheDead();
            }
            // A connection to the dead host, which a pool may still have, opens the file when it is used.
            return usable(SharedFile::checkAnswers);
        }
    }

    /** Fails for a connection that does not work. */
    @FunctionalInterface
    private interface Check {
        void of(Connection connection) throws SQLException;
    }

    /** The shortest call that tells of a closed session: what a pool's isClosed() says is whether it was given back. */
    private static void checkOpen(Connection connection) throws SQLException {
        connection.getAutoCommit();
    }

    private static void checkAnswers(Connection connection) throws SQLException {
        if (!connection.isValid(VALID_SECONDS)) {
            throw new SQLException("it is not valid any more", "08003");
        }
    }

    /** A connection that broke in the middle of a transaction stays broken, and not every pool sees that. */
    private Connection usable(Check check) throws SQLException {
        for (int i = 1; i < TRIES; i++) {
            Connection connection = connection();
            if (connection != null && works(connection, check)) {
                return connection;
            }
            if (connection != null) {
                discard(connection);
            }
        }
        return source.getConnection();
    }

    /** Null when the pool has found out itself that it had a broken one. */
    private @Nullable Connection connection() throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            if (e.getErrorCode() == CLOSED || e.getErrorCode() == BROKEN) {
                LOG.debug("a broken connection is given up: {}", e.getMessage());
                return null;
            }
            throw e;
        }
    }

    private boolean works(Connection connection, Check check) {
        try {
            check.of(connection);
            host.meet(connection);
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("a broken connection is given up: {}", e.getMessage());
            return false;
        }
    }

    /** HikariCP's way, found by name; other pools look themselves when a connection was idle for a while. */
    private void discard(Connection connection) {
        try (connection) {
            source.getClass().getMethod("evictConnection", Connection.class).invoke(source, connection);
        } catch (ReflectiveOperationException e) {
            LockSupport.parkNanos(PAUSE_NANOS);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("a broken connection could not be closed: {}", e.getMessage());
        }
    }
}
