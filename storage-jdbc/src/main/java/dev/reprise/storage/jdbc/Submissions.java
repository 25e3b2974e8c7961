package dev.reprise.storage.jdbc;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores a submission within a transaction that is somebody else's to end. */
final class Submissions {

    private static final String NOW =
            "SELECT :now AS now_at, (SELECT r.state FROM {runner} r WHERE r.id = :me) AS runner_state";
    private static final String PARENTS = """
            SELECT id FROM {task} WHERE id {in:ids} AND owner = :owner AND deleted_at IS NULL
            ORDER BY id {for share}""";
    private static final String STANDING =
            "SELECT id, state FROM {task} WHERE id {in:ids} AND deleted_at IS NULL ORDER BY id {for share}";
    private static final Table BATCH = Table.of(
            "batch", "id text", "owner text", "created_at bigint", "max_open integer", "stops integer", "label text");
    private static final Table REQUEST = Table.of("request", "task text", "body bytea");
    private static final Table DEPENDENCY = Table.of("dependency", "task text", "depends_on text");

    private final Tx tx;
    private final Submission submission;
    private final @Nullable RunnerId runner;

    private Submissions(Tx tx, Submission submission, @Nullable RunnerId runner) {
        this.tx = tx;
        this.submission = submission;
        this.runner = runner;
    }

    /**
     * What became of a submission.
     *
     * @param submitted the answer
     * @param ready whether there is something to claim now
     */
    record Done(Submitted submitted, boolean ready) {}

    /** A unique key is taken, by an earlier call with this submission or by somebody's at the same moment. */
    static final class TakenException extends SQLException {
        private static final long serialVersionUID = 1L;

        TakenException() {
            super("a key of the submission is taken", "23505");
        }
    }

    /**
     * Stores it.
     *
     * @param runner who claims, or null
     * @param claim how many to claim
     * @throws TakenException when a key is taken; the transaction is to be rolled back and the rows looked at
     */
    static Done store(Tx tx, Submission submission, @Nullable RunnerId runner, int claim) throws SQLException {
        return new Submissions(tx, submission, runner).store(claim);
    }

    /** @throws InvalidRequestException when a payload, or all of it, does not fit into the database */
    static void check(Submission submission, Dialect dialect) {
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

    private Done store(int claim) throws SQLException {
        record Start(long now, boolean alive) {}
        var start = tx.sql(NOW)
                .set("me", runner == null ? "" : runner.value())
                .list(row -> new Start(row.big("now_at"), "ALIVE".equals(row.textOrNull("runner_state"))))
                .get(0);
        var known = KnownKeys.find(tx, submission);
        if (known.reused() != null) {
            return new Done(known.reused(), false);
        }
        var existing = known.existing();
        List<NewTask> fresh = submission.tasks().stream()
                .filter(task -> !existing.containsKey(task.id()))
                .toList();
        if (fresh.isEmpty() || (submission.batch() != null && !existing.isEmpty())) {
            return new Done(new Submitted.Stored(known.createdAt(), existing, List.of()), false);
        }
        var gone = missingParent(fresh);
        if (gone != null) {
            return new Done(new Submitted.ParentGone(gone), false);
        }
        var tasks = new NewTasks(submission, fresh, standing(fresh), start.now);
        if (start.alive) {
            tasks.claim(claim);
        }
        insert(tasks, fresh, start.now);
        List<ClaimedTask> claimed = runner == null ? List.of() : tasks.claimed(runner);
        return new Done(new Submitted.Stored(Instant.ofEpochMilli(start.now), existing, claimed), tasks.leavesReady());
    }

    private @Nullable GenerationId missingParent(List<NewTask> fresh) throws SQLException {
        Set<String> own = ids(fresh);
        Set<String> parents = new HashSet<>();
        for (NewTask task : fresh) {
            var parent = task.placement().parent();
            if (parent != null && !own.contains(parent.value())) {
                parents.add(parent.value());
            }
        }
        if (!parents.isEmpty()) {
            tx.sql(PARENTS)
                    .set("ids", parents)
                    .set("owner", submission.owner().value())
                    .list(row -> parents.remove(row.text("id")));
        }
        return parents.stream().sorted().findFirst().map(GenerationId::new).orElse(null);
    }

    private static Set<String> ids(List<NewTask> tasks) {
        Set<String> ids = new HashSet<>();
        tasks.forEach(task -> ids.add(task.id().value()));
        return ids;
    }

    /** Tasks stored before that others depend on, kept from ending until this transaction is over. */
    private Map<String, TaskState> standing(List<NewTask> fresh) throws SQLException {
        Set<String> own = ids(fresh);
        Set<String> earlier = new HashSet<>();
        fresh.forEach(task -> task.dependsOn().forEach(on -> {
            if (!own.contains(on.value())) {
                earlier.add(on.value());
            }
        }));
        Map<String, TaskState> states = new HashMap<>();
        if (!earlier.isEmpty()) {
            tx.sql(STANDING).set("ids", earlier).list(row -> {
                var state = TaskRows.stateOrNull(row.text("state"));
                return states.put(row.text("id"), state == null ? TaskState.HELD : state);
            });
        }
        return states;
    }

    private void insert(NewTasks tasks, List<NewTask> fresh, long now) throws SQLException {
        NewBatch batch = submission.batch();
        if (batch != null) {
            insert(BATCH, List.<Object[]>of(new @Nullable Object[] {
                batch.id().value(),
                submission.owner().value(),
                now,
                batch.limit(),
                batch.stopsOnFailure() ? 1 : 0,
                batch.label()
            }));
        }
        insert(NewTasks.TASK, tasks.rows(runner));
        insert(REQUEST, requests(fresh));
        List<Object[]> dependencies = new ArrayList<>();
        fresh.forEach(task -> task.dependsOn().stream()
                .distinct()
                .forEach(on -> dependencies.add(new Object[] {task.id().value(), on.value()})));
        insert(DEPENDENCY, dependencies);
    }

    private static List<Object[]> requests(List<NewTask> fresh) {
        return fresh.stream()
                .map(task -> new Object[] {task.id().value(), task.request().bytes()})
                .toList();
    }

    private void insert(Table table, List<Object[]> rows) throws SQLException {
        try {
            if (tx.insert(table, rows) < rows.size()) {
                throw new TakenException();
            }
        } catch (SQLException e) {
            if (tx.dialect().classify(e) == Fault.DUPLICATE) {
                throw new TakenException();
            }
            throw e;
        }
    }
}
