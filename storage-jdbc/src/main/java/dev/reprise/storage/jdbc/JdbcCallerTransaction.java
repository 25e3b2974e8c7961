package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.liveness.Notifier;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.storage.jdbc.tasks.Submissions;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A transaction that the caller has begun and will end.
 *
 * @param store the store that it is in
 * @param connection the caller's
 */
record JdbcCallerTransaction(JdbcTaskStore store, Connection connection, Statements statements)
        implements CallerTransaction {

    @Override
    public Submitted submit(Submission submission) {
        Submissions.check(submission, statements.dialect());
        try {
            if (connection.getAutoCommit()) {
                throw StoreException.misconfigured(
                        "the connection's auto-commit is on: there is no transaction to store the submission in");
            }
            return Submissions.store(this::inSavepoint, submission, null, 0).submitted();
        } catch (SQLException e) {
            throw Transactions.failure("submit", e, statements.dialect().classify(e));
        }
    }

    private Submissions.Done inSavepoint(Transactions.Work<Submissions.Done> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        Submissions.Done result;
        try {
            var tx = new Tx(connection, statements, "");
            statements.dialect().join(tx);
            result = work.in(tx);
            if (result.ready()) {
                Notifier.sendWithin(tx);
            }
        } catch (SQLException | RuntimeException e) {
            undo(before, e);
            throw e;
        }
        connection.releaseSavepoint(before);
        return result;
    }

    /** What went wrong first is what is told: a deadlock has ended the transaction and its savepoints with it. */
    private void undo(Savepoint before, Exception cause) {
        try {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
