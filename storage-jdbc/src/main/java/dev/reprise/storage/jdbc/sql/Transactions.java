package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Borrows a connection for as long as one piece of work lasts, and never longer. What fails is always rolled back;
 * contention is tried again here, everything else is the caller's to judge. Thread-safe.
 */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int TRIES = 12;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    private final Connections source;
    private final Statements statements;
    private final UninterruptedThreads aside;
    private final WriteTurn turn;
    private volatile @Nullable String blocked;

    public Transactions(Connections source, Statements statements, UninterruptedThreads aside, WriteTurn turn) {
        this.source = source;
        this.statements = statements;
        this.aside = aside;
        this.turn = turn;
    }

    /** What to do with a connection. It may be done again, from the start, after a rollback. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Tx tx) throws SQLException;
    }

    /** Does all of it or nothing, at READ COMMITTED. */
    public <T> T write(String what, Work<T> work) {
        return aside.call(() -> again(what, () -> inTransaction(work)));
    }

    /** Does one statement that is atomic by itself. */
    public <T> T single(String what, Work<T> work) {
        return aside.call(() -> again(what, () -> alone(work)));
    }

    /** As {@link #write}, but what is not contention is thrown as the database's own error. */
    public <T> T writeRepeatedly(String what, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(work);
            } catch (SQLException e) {
                if (classify(e) != Fault.CONTENTION || attempt == TRIES) {
                    throw e;
                }
                LOG.debug("{}: {} in the way, try {} of {}", what, e.getSQLState(), attempt, TRIES);
                pause(attempt);
            }
        }
    }

    /** As {@link #write}, but once, with the database's own error. */
    public <T> T writeOnce(Work<T> work) throws SQLException {
        return aside.callSql(() -> inTransaction(work));
    }

    public Fault classify(SQLException error) {
        return statements.dialect().classify(error);
    }

    /** Why nothing could be written when it was last tried; null when it could. */
    public @Nullable String blocked() {
        return blocked;
    }

    /** Whose turn it is to write. */
    public WriteTurn turn() {
        return turn;
    }

    public UninterruptedThreads aside() {
        return aside;
    }

    public Statements statements() {
        return statements;
    }

    private <T> T again(String what, UninterruptedThreads.SqlCall<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.call();
            } catch (SQLException e) {
                Fault fault = classify(e);
                if (fault != Fault.CONTENTION || attempt == TRIES) {
                    throw failure(what, e, fault);
                }
                LOG.debug("{}: {} in the way, try {} of {}", what, e.getSQLState(), attempt, TRIES);
                pause(attempt);
            }
        }
    }

    public static StoreException failure(String what, SQLException e, Fault fault) {
        String message = what + ": " + e.getMessage();
        return switch (fault) {
            case CONTENTION, CONNECTION, RESOURCES -> StoreException.passing(message, e);
            case DUPLICATE, DATA, LASTING -> StoreException.lasting(message, e);
        };
    }

    /** Waits a little, so that those who were in each other's way meet at different times. */
    public static void pause(int attempt) {
        long millis = Math.min(LONGEST_PAUSE_MILLIS, 2L << Math.min(attempt, 20));
        LockSupport.parkNanos(
                TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(500, millis * 1_000)));
    }

    private <T> T alone(Work<T> work) throws SQLException {
        try (Connection connection = source.borrow()) {
            boolean auto = connection.getAutoCommit();
            if (!auto) {
                connection.setAutoCommit(true);
            }
            try {
                return work.in(new Tx(connection, statements, ""));
            } finally {
                if (!auto) {
                    restore(connection, false);
                }
            }
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = source.borrow()) {
            boolean auto = connection.getAutoCommit();
            boolean wanted = statements.dialect().autoCommitsInTransactions();
            if (auto != wanted) {
                connection.setAutoCommit(wanted);
            }
            try {
                return inTurn(connection, work);
            } finally {
                if (auto != wanted) {
                    restore(connection, auto);
                }
            }
        }
    }

    private <T> T inTurn(Connection connection, Work<T> work) throws SQLException {
        try {
            var taken = turn.take();
            try {
                return complete(connection, work);
            } finally {
                taken.close();
            }
        } catch (WriterBlockedException e) {
            blocked = e.getMessage();
            throw e;
        }
    }

    private <T> T complete(Connection connection, Work<T> work) throws SQLException {
        var dialect = statements.dialect();
        boolean committed = false;
        try {
            dialect.begin(connection);
            blocked = null;
            T result = work.in(new Tx(connection, statements, dialect.preamble()));
            dialect.commit(connection);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollback(connection);
            }
        }
    }

    private void rollback(Connection connection) {
        try {
            statements.dialect().rollback(connection);
        } catch (SQLException e) {
            LOG.debug("rollback failed, the connection is given up: {}", e.getMessage());
            source.discard(connection);
        }
    }

    private static void restore(Connection connection, boolean auto) {
        try {
            connection.setAutoCommit(auto);
        } catch (SQLException e) {
            LOG.debug("auto-commit could not be restored, the connection is given up: {}", e.getMessage());
        }
    }
}
