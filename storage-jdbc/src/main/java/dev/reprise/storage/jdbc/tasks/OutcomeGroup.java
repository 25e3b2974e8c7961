package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.rules.OutcomeRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of outcomes, at most one a task: the survivors of the fence are written in a few statements whose number
 * does not grow with the group, the others are recorded as late.
 */
final class OutcomeGroup {

    private static final String EXISTING = "SELECT id FROM {task} WHERE id {in:ids}";

    private final Tx tx;
    private final String runner;
    private final Map<String, TaskOutcome> outcomes = new LinkedHashMap<>();
    private final Map<String, OutcomeReceipt> receipts = new LinkedHashMap<>();

    private OutcomeGroup(Tx tx, RunnerId runner, Collection<TaskOutcome> group) {
        this.tx = tx;
        this.runner = runner.value();
        group.forEach(outcome -> outcomes.put(outcome.ref().id().value(), outcome));
    }

    /**
     * What became of a group.
     *
     * @param receipts by nonce, what is stored or never will be; those left out are blocked by somebody's lock
     * @param ends all that has ended
     * @param ready whether something has become READY
     */
    record Done(Map<String, OutcomeReceipt> receipts, List<TaskEnd> ends, boolean ready) {}

    /** @param patient whether to wait for locks, for a while, instead of leaving out what is locked */
    static Done store(Tx tx, RunnerId runner, Collection<TaskOutcome> group, boolean patient) throws SQLException {
        return new OutcomeGroup(tx, runner, group).store(patient, false);
    }

    /** An outcome that does not fit: the task ends FAILED, its attempt keeps the usage and loses the details. */
    static Done storeUnstorable(Tx tx, RunnerId runner, TaskOutcome outcome) throws SQLException {
        return new OutcomeGroup(tx, runner, List.of(outcome)).store(true, true);
    }

    private Done store(boolean patient, boolean unstorable) throws SQLException {
        var writer = TaskWriter.of(tx, outcomes.keySet());
        var locked = patient ? writer.lock(outcomes.keySet()) : writer.lockFree(outcomes.keySet());
        List<LockedTask> late = new ArrayList<>();
        for (LockedTask task : locked) {
            TaskOutcome outcome = outcome(task.id());
            if (task.isHeldFor(outcome, runner)) {
                writer.change(unstorable ? unstorable(task, outcome) : stored(task, outcome));
            } else {
                late.add(task);
            }
        }
        for (LockedTask task : late) {
            receipts.put(outcome(task.id()).nonce(), Attempts.late(tx, task, outcome(task.id())));
        }
        fenceMissing(locked);
        var written = writer.finish();
        return new Done(receipts, written.ends(), written.ready());
    }

    private TaskOutcome outcome(String id) {
        return Objects.requireNonNull(outcomes.get(id));
    }

    private Change stored(LockedTask task, TaskOutcome outcome) {
        var step = OutcomeRules.stored(task.facts(), outcome, task.now());
        if (step == null) {
            return unstorable(task, outcome);
        }
        receipts.put(outcome.nonce(), OutcomeReceipt.STORED);
        var next = outcome.next();
        var report = outcome.attempt();
        var delay = OutcomeRules.delay(next);
        return new Change(
                task,
                step,
                report == null
                        ? null
                        : Change.AttemptEnd.of(report, outcome.nonce(), delay == null ? null : delay.toMillis()),
                next instanceof Next.Finish finish ? finish.result() : null);
    }

    private Change unstorable(LockedTask task, TaskOutcome outcome) {
        receipts.put(outcome.nonce(), OutcomeReceipt.UNSTORABLE);
        var report = outcome.attempt();
        return new Change(
                task,
                OutcomeRules.unstorable(task.facts(), outcome),
                report == null ? null : bare(report, OutcomeRules.storableNonce(outcome.nonce())),
                null);
    }

    private static Change.@Nullable AttemptEnd bare(AttemptReport report, String nonce) {
        return new Change.AttemptEnd(AttemptOutcome.FAILED, nonce, report.usage(), null, null, null);
    }

    /** What could not be locked is either locked by somebody else or gone for good. */
    private void fenceMissing(List<LockedTask> locked) throws SQLException {
        Set<String> missing = new HashSet<>(outcomes.keySet());
        locked.forEach(task -> missing.remove(task.id()));
        if (!missing.isEmpty()) {
            tx.sql(EXISTING).set("ids", missing).list(row -> missing.remove(row.text("id")));
            missing.forEach(id -> receipts.put(outcome(id).nonce(), OutcomeReceipt.FENCED));
        }
    }
}
