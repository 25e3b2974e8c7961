package dev.reprise.storage.jdbc.tasks;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Dialect;
import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskTimes;
import dev.reprise.store.rules.Birth;
import dev.reprise.store.rules.BirthRules;
import dev.reprise.store.rules.SubmissionRules;
import dev.reprise.store.rules.SubmissionRules.Verdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores submissions, whatever was stored of them before. */
public final class Submissions {

    private static final int TRIES = 5;
    private static final String NOW =
            "SELECT :now AS now_at, (SELECT r.state FROM {runner} r WHERE r.id = :me) AS runner_state";
    private static final String CLAIMED = """
            SELECT %s FROM {task} t LEFT JOIN {request} q ON q.task = t.id
            WHERE t.id {in:ids} AND t.runner = :me AND {is t.RUNNING} AND t.epoch = 1""".formatted(ClaimedRows.COLUMNS);

    private final Submission submission;
    private final @Nullable RunnerId runner;
    private final int claim;

    private Submissions(Submission submission, @Nullable RunnerId runner, int claim) {
        this.submission = submission;
        this.runner = runner;
        this.claim = claim;
    }

    /**
     * What became of a submission.
     *
     * @param submitted the answer
     * @param ready whether there is something to claim now
     */
    public record Done(Submitted submitted, boolean ready) {}

    /** A unique key is taken, by an earlier call with this submission or by somebody's at the same moment. */
    static final class TakenException extends SQLException {
        private static final long serialVersionUID = 1L;

        TakenException() {
            super("a key of the submission is taken", "23505");
        }
    }

    /** Runs a piece of work in a transaction of its own, or within a savepoint: rolled back when it throws. */
    @FunctionalInterface
    public interface Scope {

        /** Runs it. */
        Done run(Transactions.Work<Done> work) throws SQLException;
    }

    /**
     * Refuses what does not fit into the database.
     *
     * @throws InvalidRequestException when a payload, or all of it, does not fit into the database
     */
    public static void check(Submission submission, Dialect dialect) {
        dialect.capacity().check(submission);
        for (NewTask task : submission.tasks()) {
            if (task.request().size() > dialect.largestPayload()) {
                throw new InvalidRequestException(
                        "request",
                        task.request().size() + " bytes",
                        "must have at most " + dialect.largestPayload() + " bytes in this database");
            }
        }
    }

    /**
     * Stores a submission.
     *
     * @param runner who claims, or null
     * @param claim how many to claim
     */
    public static Done store(Scope scope, Submission submission, @Nullable RunnerId runner, int claim)
            throws SQLException {
        var submissions = new Submissions(submission, runner, claim);
        boolean own = false;
        for (int attempt = 1; ; attempt++) {
            boolean looks = own;
            try {
                return scope.run(tx -> submissions.store(tx, looks));
            } catch (TakenException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                own = true;
            }
        }
    }

    /** @param own whether to look for the submission's own ids first; otherwise they are taken for new */
    private Done store(Tx tx, boolean own) throws SQLException {
        record Start(Instant now, boolean alive) {}
        var start = tx.sql(NOW)
                .set("me", runner == null ? "" : runner.value())
                .list(row -> new Start(row.instant("now_at"), "ALIVE".equals(row.textOrNull("runner_state"))))
                .get(0);
        var facts = SubmissionFacts.read(tx, submission, own);
        Verdict verdict;
        try {
            verdict = SubmissionRules.judge(submission, facts);
        } catch (InvalidRequestException e) {
            if (own) {
                throw e;
            }
            return store(tx, true); // what is stored already need not satisfy anything any more
        }
        if (!own && !isAllNew(verdict)) {
            return store(tx, true);
        }
        if (verdict instanceof Verdict.Refused refused) {
            return new Done(refused.answer(), false);
        }
        if (verdict instanceof Verdict.Known known) {
            return new Done(
                    new Submitted.Stored(
                            known.createdAt(), known.existing(), claimedBefore(tx, known.repeated(), start.now)),
                    false);
        }
        var fresh = (Verdict.Fresh) verdict;
        var births = BirthRules.births(submission, fresh, facts, start.alive ? claim : 0, start.now);
        insert(tx, births, start.now);
        return new Done(
                new Submitted.Stored(start.now, fresh.existing(), claimed(births, start.now)),
                births.stream().anyMatch(birth -> birth.step().state() == TaskState.READY && !birth.claimed()));
    }

    /** Whether all that was offered is about to be inserted, which shows that none of it is stored. */
    private static boolean isAllNew(Verdict verdict) {
        return verdict instanceof Verdict.Fresh fresh && fresh.existing().isEmpty();
    }

    private void insert(Tx tx, List<Birth> births, Instant now) throws SQLException {
        try {
            Batches.born(tx, submission, births, now);
            TaskTable.born(tx, births, submission.owner().value(), runner == null ? null : runner.value(), now);
            for (Companion companion : Companions.ALL) {
                companion.born(tx, births);
            }
        } catch (SQLException e) {
            if (!(e instanceof TakenException) && tx.dialect().classify(e) == Fault.DUPLICATE) {
                throw new TakenException();
            }
            throw e;
        }
    }

    /** What the same submission claimed when it came the first time and its answer was lost. */
    private List<ClaimedTask> claimedBefore(Tx tx, List<GenerationId> repeated, Instant now) throws SQLException {
        if (runner == null || claim == 0 || repeated.isEmpty()) {
            return List.of();
        }
        var rows = new ClaimedRows();
        tx.sql(CLAIMED)
                .set("ids", repeated.stream().map(GenerationId::value).toList())
                .set("me", runner.value())
                .list(rows::add);
        return rows.inOrder(now).stream().limit(claim).toList();
    }

    /** What was claimed, as a claim would have read it. */
    private List<ClaimedTask> claimed(List<Birth> births, Instant now) {
        var who = runner;
        if (who == null) {
            return List.of();
        }
        return births.stream()
                .filter(Birth::claimed)
                .map(birth -> claimed(birth, who, now))
                .sorted(Comparator.comparing(ClaimedRows::place, dev.reprise.store.rules.Orders.CLAIMS))
                .toList();
    }

    private ClaimedTask claimed(Birth birth, RunnerId who, Instant now) {
        var task = birth.task();
        var row = new TaskRow(
                task.id(),
                submission.owner(),
                task.labels(),
                birth.placement(),
                task.priority(),
                new TaskStatus(TaskState.RUNNING, null, null, birth.step().run(), 1, who),
                Counters.NONE.claimed(),
                new TaskTimes(now, null, birth.deadlineAt(), now, null));
        return new ClaimedTask(row, Objects.requireNonNull(task.request()), null, now);
    }
}
