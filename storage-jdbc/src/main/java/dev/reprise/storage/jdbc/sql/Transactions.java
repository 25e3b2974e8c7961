package dev.reprise.storage.jdbc.sql;

import dev.reprise.failure.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Borrows a connection for as long as one piece of work lasts, and never longer. What fails is always rolled back;
 * contention is tried again here, everything else is the caller's to judge. Thread-safe.
 */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int TRIES = 12;
    /** Where the driver would do so itself, were it let. */
    private static final int BROKEN_READS = 2;

    private static final long LONGEST_PAUSE_MILLIS = 100;

    private final Connections source;
    private final Statements statements;
    private final UninterruptedThreads aside;
    private final WriteTurn turn;

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
        return aside.call(() -> again(what, 0, () -> inTransaction(turn, work)));
    }

    /** Does one statement that is atomic by itself. */
    public <T> T single(String what, Work<T> work) {
        return aside.call(() -> again(what, source.reconnects() ? BROKEN_READS : 0, () -> alone(work)));
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
        return aside.callSql(() -> inTransaction(turn, work));
    }

    public Fault classify(SQLException error) {
        return statements.dialect().classify(error);
    }

    public UninterruptedThreads aside() {
        return aside;
    }

    public Statements statements() {
        return statements;
    }

    /** @param broken how often to try again after a broken connection */
    private <T> T again(String what, int broken, UninterruptedThreads.SqlCall<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.call();
            } catch (SQLException e) {
                Fault fault = classify(e);
                boolean again = fault == Fault.CONTENTION || (fault == Fault.CONNECTION && attempt <= broken);
                if (!again || attempt == TRIES) {
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
        if (source.reconnects()) {
            return inTransaction(WriteTurn.NOT_NEEDED, work);
        }
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

    private <T> T inTransaction(WriteTurn turn, Work<T> work) throws SQLException {
        try (Connection connection = source.borrow()) {
            boolean auto = connection.getAutoCommit();
            if (auto) {
                connection.setAutoCommit(false);
            }
            try {
                return inTurn(turn, connection, work);
            } finally {
                if (auto) {
                    restore(connection, true);
                }
            }
        }
    }

    private <T> T inTurn(WriteTurn turn, Connection connection, Work<T> work) throws SQLException {
        var taken = statements.dialect().take(turn, connection);
        boolean committed = false;
        try {
            statements.dialect().begin(connection);
            T result =
                    work.in(new Tx(connection, statements, statements.dialect().preamble()));
            connection.commit();
            committed = true;
            return result;
        } finally {
            end(connection, taken, committed);
        }
    }

    private static void end(Connection connection, WriteTurn.Taken taken, boolean committed) {
        try {
            if (committed || rollback(connection)) {
                taken.over();
            }
        } finally {
            taken.close();
        }
    }

    private static boolean rollback(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            LOG.debug("rollback failed, the connection is given up: {}", e.getMessage());
            return false;
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
