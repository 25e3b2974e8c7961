package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
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
record CallersTransaction(JdbcTaskStore store, Connection connection, Statements statements)
        implements CallerTransaction {

    @Override
    public Submitted submit(Submission submission) {
        Submissions.check(submission, statements.dialect());
        try {
            if (connection.getAutoCommit()) {
                throw StoreException.misconfigured(
                        "the connection's auto-commit is on: there is no transaction to store the submission in");
            }
            return Repeats.store(this::inSavepoint, submission, null, 0).submitted();
        } catch (SQLException e) {
            throw Transactions.failure("submit", e, statements.dialect().classify(e));
        }
    }

    private Submissions.Done inSavepoint(Transactions.Work<Submissions.Done> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean done = false;
        try {
            var tx = new Tx(connection, statements, "");
            var result = work.in(tx);
            if (result.ready()) {
                Notices.sendWithin(tx);
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback(before);
            }
            connection.releaseSavepoint(before);
        }
    }
}
