package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submissions whose keys are taken: stored by an earlier call whose answer was lost, or raced by another's. */
final class Repeats {

    private static final int TRIES = 5;
    private static final String STORED = "SELECT created_at FROM {task} WHERE id = :id";
    private static final String CLAIMED = """
            SELECT %s FROM {task} t LEFT JOIN {request} q ON q.task = t.id
            WHERE t.id {in:ids} AND t.runner = :me AND t.state = 'RUNNING' AND t.epoch = 1""".formatted(ClaimedRows.COLUMNS);

    private Repeats() {}

    /** Runs a piece of work in a transaction of its own, or within a savepoint: rolled back when it throws. */
    @FunctionalInterface
    interface Scope {
        Submissions.Done run(Transactions.Work<Submissions.Done> work) throws SQLException;
    }

    /** Stores a submission, whatever was stored of it before. */
    static Submissions.Done store(Scope scope, Submission submission, @Nullable RunnerId runner, int claim)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return scope.run(tx -> Submissions.store(tx, submission, runner, claim));
            } catch (Submissions.TakenException e) {
                Optional<Submissions.Done> before = repeated(scope, submission, runner);
                if (before.isPresent()) {
                    return before.get();
                }
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Optional<Submissions.Done> repeated(Scope scope, Submission submission, @Nullable RunnerId runner)
            throws SQLException {
        var found = scope.run(tx -> {
            var known = KnownKeys.find(tx, submission);
            for (NewTask task : submission.tasks()) {
                if (!known.existing().containsKey(task.id())) {
                    var createdAt = tx.sql(STORED).set("id", task.id().value()).first(row -> row.instant("created_at"));
                    return new Submissions.Done(
                            createdAt.isPresent()
                                    ? stored(tx, submission, runner, createdAt.get(), known)
                                    : new Submitted.ParentGone(task.id()),
                            createdAt.isPresent());
                }
            }
            return new Submissions.Done(new Submitted.Stored(known.createdAt(), known.existing(), List.of()), true);
        });
        return found.ready() ? Optional.of(found) : Optional.empty();
    }

    private static Submitted stored(
            Tx tx, Submission submission, @Nullable RunnerId runner, Instant createdAt, KnownKeys known)
            throws SQLException {
        var rows = new ClaimedRows();
        if (runner != null) {
            tx.sql(CLAIMED)
                    .set(
                            "ids",
                            submission.tasks().stream()
                                    .map(task -> task.id().value())
                                    .toList())
                    .set("me", runner.value())
                    .list(rows::add);
        }
        return new Submitted.Stored(createdAt, known.existing(), rows.inOrder());
    }
}
