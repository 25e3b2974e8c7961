package dev.reprise.storage.jdbc.liveness;

import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL connection of a runner's own that holds an advisory lock as long as the process lives: the server frees the
 * lock within milliseconds of the process's death. Thread-safe; a connection that breaks is replaced at the next use.
 */
public final class SessionLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLock.class);
    /** How long a lost host may keep the connection's user waiting. */
    private static final int NETWORK_TIMEOUT_MILLIS = 5_000;

    private static final String TAKE = """
            SELECT pg_try_advisory_lock(:key) AS taken, pg_backend_pid() AS pid,
                CAST(pg_postmaster_start_time() AS text) AS server""";
    private static final String WHO =
            "SELECT pg_backend_pid() AS pid, CAST(pg_postmaster_start_time() AS text) AS server";
    private static final String GIVE = "SELECT pg_advisory_unlock(:key)";

    /** Fair: who listens comes again and again, and must not keep a beat waiting. */
    private final ReentrantLock guard = new ReentrantLock(true);

    private final DataSource source;
    private final Statements statements;
    private final long key = ThreadLocalRandom.current().nextLong();
    private @Nullable Connection connection;
    private @Nullable Holder holder;
    private volatile boolean closed;

    public SessionLock(DataSource source, Statements statements) {
        this.source = source;
        this.statements = statements;
    }

    /**
     * The session that holds the lock.
     *
     * @param pid the server's process
     * @param server which start of which server it is
     */
    public record Holder(int pid, String server) {}

    /** Work on the connection while its session holds the lock. */
    @FunctionalInterface
    public interface Held<T> {
        T in(Tx tx, Holder holder) throws SQLException;
    }

    public long key() {
        return key;
    }

    /** Whether it is over with this lock. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Works on the connection, which is opened and locked first when it is not.
     *
     * @throws SQLException when there is no connection, or it broke; its next use opens another
     */
    public <T> T use(Held<T> work) throws SQLException {
        guard.lock();
        try {
            if (closed) {
                throw new SQLException("the runner is closed", "08003");
            }
            var open = connection == null ? open() : connection;
            var tx = new Tx(open, statements, "");
            if (holder == null) {
                holder = take(tx);
            }
            return work.in(tx, holder);
        } catch (SQLException e) {
            drop();
            throw e;
        } finally {
            guard.unlock();
        }
    }

    /** Whether the session is still the one that took the lock; behind a pooler it need not be. */
    public static boolean isUnbroken(Tx tx, Holder holder) throws SQLException {
        return tx.sql(WHO)
                .list(row -> new Holder(row.number("pid"), row.text("server")))
                .get(0)
                .equals(holder);
    }

    private Connection open() throws SQLException {
        Connection fresh = source.getConnection();
        connection = fresh;
        fresh.setAutoCommit(true);
        fresh.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        return fresh;
    }

    private Holder take(Tx tx) throws SQLException {
        record Taken(boolean taken, Holder holder) {}
        var taken = tx.sql(TAKE)
                .set("key", key)
                .list(row ->
                        new Taken(row.text("taken").startsWith("t"), new Holder(row.number("pid"), row.text("server"))))
                .get(0);
        if (!taken.taken) {
            throw new SQLException("the server has not yet noticed that the session before is gone", "08006");
        }
        return taken.holder;
    }

    private void drop() {
        Connection broken = connection;
        connection = null;
        holder = null;
        if (broken != null) {
            try {
                broken.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("abort: {}", e.getMessage());
            }
            closeQuietly(broken);
        }
    }

    private static void closeQuietly(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("close: {}", e.getMessage());
        }
    }

    /** Ends the session without a word, as a process's death does; it is not opened again. */
    public void abandon() {
        guard.lock();
        try {
            closed = true;
            drop();
        } finally {
            guard.unlock();
        }
    }

    @Override
    public void close() {
        guard.lock();
        try {
            closed = true;
            Connection open = connection;
            connection = null;
            if (open != null) {
                new Tx(open, statements, "").sql(GIVE).set("key", key).list(row -> true);
                Dialect.execute(open, "UNLISTEN *");
                open.setNetworkTimeout(Runnable::run, 0);
                closeQuietly(open);
            }
        } catch (SQLException e) {
            LOG.debug("unlock: {}", e.getMessage());
            drop();
        } finally {
            guard.unlock();
        }
    }
}
