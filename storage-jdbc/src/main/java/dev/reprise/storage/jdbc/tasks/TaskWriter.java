package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.rules.BatchFacts;
import dev.reprise.store.rules.Step;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a locked task changes: the rows that will be needed are named and locked in one order, the rules
 * decide, each row is written once, what belongs to the tasks writes beside it, and what follows from ends is done the same
 * way until nothing follows any more. One object is for one transaction.
 *
 * <p>Claims and promotions, which change many rows alike and end none, are statements of their own, made from the rules.
 */
final class TaskWriter {

    private static final String TASKS =
            "SELECT " + LockedTask.COLUMNS + " FROM {task} WHERE id {in:ids} ORDER BY id {for update}";
    private static final String STOPPED = "SELECT " + LockedTask.COLUMNS
            + " FROM {task} WHERE batch = :batch AND {is WAITING} ORDER BY id {for update}";

    private final Tx tx;
    private final Batches batches;
    private final Map<String, Change> pending = new TreeMap<>();
    private final Set<String> stopping = new TreeSet<>();
    private final List<TaskEnd> ends = new ArrayList<>();
    private boolean ready;

    private TaskWriter(Tx tx, Batches batches) {
        this.tx = tx;
        this.batches = batches;
    }

    /**
     * What was written.
     *
     * @param ends all that has ended
     * @param ready whether something has become READY
     */
    record Written(List<TaskEnd> ends, boolean ready) {}

    /** Begins to change these tasks: locks what has to be locked before them, and waits for it, for a while. */
    static TaskWriter of(Tx tx, Collection<String> ids) throws SQLException {
        var cascade = Cascade.of(tx, ids);
        var plan = new LockPlan();
        plan.add(LockPlan.Kind.BATCH, cascade.batches());
        for (Companion companion : Companions.ALL) {
            companion.plan(tx, cascade.tasks(), plan);
        }
        tx.pause(PausePoint.BEFORE_LOCKS, ids);
        plan.lockOthers(tx);
        return new TaskWriter(tx, Batches.lock(tx, plan.of(LockPlan.Kind.BATCH)));
    }

    /** As {@link #of}, with batches that have been locked without waiting. */
    static TaskWriter of(Tx tx, Batches locked) {
        return new TaskWriter(tx, locked);
    }

    /** Locks tasks and waits for those who hold them, for a while. */
    List<LockedTask> lock(Collection<String> ids) throws SQLException {
        return lock(ids, "");
    }

    /** Locks those of the tasks that nobody else has locked. */
    List<LockedTask> lockFree(Collection<String> ids) throws SQLException {
        return lock(ids, "{skip locked}");
    }

    private List<LockedTask> lock(Collection<String> ids, String how) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        var query = tx.sql(TASKS + how).set("ids", ids);
        var locked = (how.isEmpty() ? query.impatient() : query).list(batches::task);
        tx.pause(PausePoint.LOCKED, ids);
        return locked;
    }

    /** Changes a task as no runner reports; does nothing without a step. */
    boolean change(LockedTask task, @Nullable Step step) {
        if (step == null) {
            return false;
        }
        change(Change.of(task, step));
        return true;
    }

    void change(Change change) {
        pending.put(change.task().id(), change);
    }

    /** A task is deleted; it has ended before, or ends in this transaction. */
    void deleted(LockedTask task) {
        batches.of(task).ifPresent(LockedBatch::taskDeleted);
    }

    /** Writes all changes, and all that follows from them. */
    Written finish() throws SQLException {
        follow();
        for (LockedBatch batch : batches.limited()) {
            for (LockedTask task : batches.admissible(batch)) {
                change(task, TaskRules.admitted(task.facts(), task.now()));
            }
        }
        follow();
        batches.write();
        tx.pause(PausePoint.BEFORE_COMMIT, List.of());
        return new Written(ends, ready);
    }

    /** First all that waits for what has ended, at every level; then what stops with its batch, and what waits for that. */
    private void follow() throws SQLException {
        while (!pending.isEmpty() || !stopping.isEmpty()) {
            if (pending.isEmpty()) {
                stop();
            } else {
                dependents(flush());
            }
        }
    }

    private List<Change> flush() throws SQLException {
        var changes = List.copyOf(pending.values());
        pending.clear();
        TaskTable.change(tx, changes);
        for (Companion companion : Companions.ALL) {
            companion.changed(tx, changes);
        }
        for (Change change : changes) {
            var task = change.task();
            var state = change.step().state();
            var batch = batches.of(task).orElse(null);
            ready |= state == TaskState.READY;
            if (batch != null) {
                batch.touch();
            }
            if (change.step().isEnd()) {
                ends.add(task.end(change.step()));
                ended(task, state, batch);
            }
        }
        return changes;
    }

    private void ended(LockedTask task, TaskState state, @Nullable LockedBatch batch) {
        if (batch == null) {
            return;
        }
        batch.taskEnded(state);
        BatchFacts facts = batch.facts();
        if (state == TaskState.FAILED && facts.stopsOnFailure() && !facts.stopped()) {
            batch.stop();
            stopping.add(java.util.Objects.requireNonNull(task.batch()));
        }
    }

    private void dependents(List<Change> changes) throws SQLException {
        List<String> succeeded = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Change change : changes) {
            if (change.step().isEnd()) {
                (change.step().state() == TaskState.SUCCEEDED ? succeeded : others)
                        .add(change.task().id());
            }
        }
        Set<String> hopeless = Dependencies.waiting(tx, others);
        Map<String, Integer> met = new HashMap<>(Dependencies.met(tx, succeeded));
        met.keySet().removeAll(hopeless);
        Set<String> all = new HashSet<>(hopeless);
        all.addAll(met.keySet());
        for (LockedTask task : lock(all)) {
            change(
                    task,
                    hopeless.contains(task.id())
                            ? TaskRules.dependencyFailed(task.facts())
                            : TaskRules.dependenciesMet(task.facts(), met.getOrDefault(task.id(), 0), task.now()));
        }
    }

    private void stop() throws SQLException {
        var all = List.copyOf(stopping);
        stopping.clear();
        for (String batch : all) {
            for (LockedTask task :
                    tx.sql(STOPPED).set("batch", batch).impatient().list(batches::task)) {
                change(task, TaskRules.batchStopped(task.facts()));
            }
        }
    }
}
