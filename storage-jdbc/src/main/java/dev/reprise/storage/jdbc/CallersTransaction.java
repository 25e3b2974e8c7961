package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** A submission within a transaction that the caller has begun and will end. */
final class CallersTransaction {

    private CallersTransaction() {}

    static Submitted submit(Connection connection, Statements statements, Submission submission) {
        Submissions.check(submission, statements.dialect());
        try {
            if (connection.getAutoCommit()) {
                throw StoreException.misconfigured(
                        "the connection's auto-commit is on: there is no transaction to store the submission in");
            }
            return Repeats.store(work -> inSavepoint(connection, statements, work), submission, null, 0)
                    .submitted();
        } catch (SQLException e) {
            throw Transactions.failure("submit", e, statements.dialect().classify(e));
        }
    }

    private static Submissions.Done inSavepoint(
            Connection connection, Statements statements, Transactions.Work<Submissions.Done> work)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean done = false;
        try {
            var result = work.in(new Tx(connection, statements, ""));
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
