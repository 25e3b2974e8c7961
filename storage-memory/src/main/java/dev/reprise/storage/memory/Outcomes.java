package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.rules.OutcomeRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How outcomes are stored, in groups of at most one a task. Guarded by the store's lock. */
final class Outcomes {

    private final Tx tx;
    private final RunnerEntry runner;
    private final List<OutcomeReceipt> receipts = new ArrayList<>();
    private final List<TaskEnd> ends = new ArrayList<>();
    private final Set<GenerationId> group = new HashSet<>();
    private TaskWriter writer;

    private Outcomes(Tx tx, RunnerEntry runner) {
        this.tx = tx;
        this.runner = runner;
        this.writer = new TaskWriter(tx);
    }

    static StoredOutcomes store(Tx tx, RunnerEntry runner, List<TaskOutcome> all) {
        var outcomes = new Outcomes(tx, runner);
        for (TaskOutcome outcome : all) {
            if (!outcomes.group.add(outcome.ref().id())) {
                outcomes.finish();
                outcomes.group.add(outcome.ref().id());
            }
            outcomes.receipts.add(outcomes.store(outcome));
        }
        outcomes.finish();
        return new StoredOutcomes(outcomes.receipts, outcomes.ends);
    }

    private void finish() {
        ends.addAll(writer.finish());
        writer = new TaskWriter(tx);
        group.clear();
    }

    private OutcomeReceipt store(TaskOutcome outcome) {
        var task = tx.tasks().row(outcome.ref().id());
        if (task == null) {
            return OutcomeReceipt.FENCED;
        }
        if (!task.isHeld(outcome.ref(), runner)) {
            return tx.companions().attempts().late(task, outcome, tx.now());
        }
        var step = OutcomeRules.stored(task.facts(), outcome, tx.now());
        if (step == null) {
            writer.change(unstorable(task, outcome));
            return OutcomeReceipt.UNSTORABLE;
        }
        var report = outcome.attempt();
        writer.change(new Change(
                task,
                step,
                report == null
                        ? null
                        : Change.AttemptEnd.of(report, outcome.nonce(), OutcomeRules.delay(outcome.next())),
                outcome.next() instanceof Next.Finish finish ? finish.result() : null));
        return OutcomeReceipt.STORED;
    }

    /** The task ends FAILED, its attempt keeps the usage and loses the details. */
    private static Change unstorable(TaskEntry task, TaskOutcome outcome) {
        var report = outcome.attempt();
        var end = report == null
                ? null
                : new Change.AttemptEnd(
                        AttemptOutcome.FAILED,
                        OutcomeRules.storableNonce(outcome.nonce()),
                        report.usage(),
                        null,
                        null,
                        null);
        return new Change(task, OutcomeRules.unstorable(task.facts(), outcome), end, null);
    }
}
