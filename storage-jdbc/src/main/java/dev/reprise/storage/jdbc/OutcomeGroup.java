package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Counters;
import dev.reprise.store.Settlement;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of outcomes, at most one a task: locks batches, then tasks, fences, writes the survivors in a few
 * statements whose number does not grow with the group, then does what follows from their ends.
 */
final class OutcomeGroup {

    private static final String EXISTING = "SELECT id FROM {task} WHERE id {in:ids}";
    private static final Table RESULT = Table.of("result", "task text", "body bytea");

    private final Tx tx;
    private final RunnerId runner;
    private final Map<String, TaskOutcome> outcomes = new LinkedHashMap<>();
    private final Map<String, Settlement> settled = new LinkedHashMap<>();
    private final List<TaskChange> changes = new ArrayList<>();
    private final List<Object[]> attempts = new ArrayList<>();
    private final List<Object[]> results = new ArrayList<>();
    private final List<Ended> ended = new ArrayList<>();

    private OutcomeGroup(Tx tx, RunnerId runner, Collection<TaskOutcome> group) {
        this.tx = tx;
        this.runner = runner;
        group.forEach(outcome -> outcomes.put(outcome.ref().id().value(), outcome));
    }

    /**
     * What became of a group.
     *
     * @param settled by nonce, what is stored or never will be; those left out are blocked by somebody's lock
     * @param ready whether something has become READY
     */
    record Done(Map<String, Settlement> settled, boolean ready) {}

    /** @param patient whether to wait for locks, for a while, instead of leaving out what is locked */
    static Done store(Tx tx, RunnerId runner, Collection<TaskOutcome> group, boolean patient) throws SQLException {
        return new OutcomeGroup(tx, runner, group).store(patient);
    }

    private Done store(boolean patient) throws SQLException {
        Locks.batchesOf(tx, outcomes.keySet());
        var locked = patient ? Locks.tasks(tx, outcomes.keySet()) : Locks.freeTasks(tx, outcomes.keySet());
        List<LockedTask> fencedOut = new ArrayList<>();
        for (LockedTask task : locked) {
            TaskOutcome outcome = outcome(task.id());
            if (isMine(task, outcome)) {
                take(task, outcome);
                settled.put(outcome.nonce(), Settlement.STORED);
            } else {
                fencedOut.add(task);
            }
        }
        TaskChange.write(tx, changes);
        tx.insert(AttemptRows.TABLE, attempts);
        tx.insert(RESULT, results);
        for (LockedTask task : fencedOut) {
            settled.put(outcome(task.id()).nonce(), FencedOutcomes.settle(tx, task, outcome(task.id())));
        }
        boolean ready = Endings.follow(tx, ended);
        fenceMissing(locked);
        return new Done(settled, ready || changes.stream().anyMatch(one -> one.state() == TaskState.READY));
    }

    private TaskOutcome outcome(String id) {
        return java.util.Objects.requireNonNull(outcomes.get(id));
    }

    private boolean isMine(LockedTask task, TaskOutcome outcome) {
        return task.epoch() == outcome.ref().epoch() && runner.value().equals(task.runner()) && task.isLeased();
    }

    private void take(LockedTask task, TaskOutcome outcome) {
        var report = outcome.attempt();
        var next = outcome.next();
        Counters counters =
                report == null ? task.counters().handedBack() : task.counters().tallied(report.tally());
        Long delay = null;
        if (next instanceof Next.Finish finish) {
            changes.add(new TaskChange(task, finish.state(), null, null, counters, TaskChange.Carry.of(null)));
            results.add(new Object[] {task.id(), finish.result().bytes()});
            ended.add(Ended.of(task, finish.state()));
        } else if (next instanceof Next.Retry retry) {
            delay = retry.delay().toMillis();
            var state = delay > 0 ? TaskState.SCHEDULED : TaskState.READY;
            Long dueAt = delay > 0 ? Long.valueOf(task.now() + delay) : null;
            changes.add(new TaskChange(task, state, null, dueAt, counters, TaskChange.Carry.of(retry.carry())));
        } else if (next instanceof Next.Park park) {
            changes.add(new TaskChange(task, TaskState.PARKED, park.reason(), null, counters, TaskChange.Carry.KEPT));
            ended.add(Ended.of(task, TaskState.PARKED));
        }
        if (report != null) {
            attempts.add(AttemptRows.row(task, report, outcome.nonce(), delay));
        }
    }

    /** What could not be locked is either locked by somebody else or gone for good. */
    private void fenceMissing(List<LockedTask> locked) throws SQLException {
        Set<String> missing = new HashSet<>(outcomes.keySet());
        locked.forEach(task -> missing.remove(task.id()));
        if (!missing.isEmpty()) {
            tx.sql(EXISTING).set("ids", missing).list(row -> missing.remove(row.text("id")));
            missing.forEach(id -> settled.put(outcome(id).nonce(), Settlement.FENCED));
        }
    }

    /** An outcome that does not fit: the task ends FAILED, its attempt keeps the usage and loses the details. */
    static Done storeUnstorable(Tx tx, RunnerId runner, TaskOutcome outcome, @Nullable String reason)
            throws SQLException {
        return new OutcomeGroup(tx, runner, List.of(outcome)).unstorable(outcome, reason);
    }

    private Done unstorable(TaskOutcome outcome, @Nullable String reason) throws SQLException {
        Locks.batchesOf(tx, outcomes.keySet());
        for (LockedTask task : Locks.tasks(tx, outcomes.keySet())) {
            if (!isMine(task, outcome)) {
                return new Done(Map.of(outcome.nonce(), FencedOutcomes.settle(tx, task, outcome)), false);
            }
            var report = outcome.attempt();
            var counters = report == null ? task.counters() : task.counters().tallied(report.tally());
            TaskChange.write(
                    tx,
                    List.of(new TaskChange(task, TaskState.FAILED, reason, null, counters, TaskChange.Carry.of(null))));
            if (report != null) {
                tx.insert(
                        AttemptRows.TABLE,
                        List.<Object[]>of(AttemptRows.row(
                                task,
                                dev.reprise.generation.AttemptOutcome.FAILED,
                                FencedOutcomes.storable(outcome.nonce()),
                                null,
                                report.usage())));
            }
            boolean ready = Endings.follow(tx, List.of(Ended.of(task, TaskState.FAILED)));
            return new Done(Map.of(outcome.nonce(), Settlement.UNSTORABLE), ready);
        }
        return new Done(Map.of(outcome.nonce(), Settlement.FENCED), false);
    }
}
