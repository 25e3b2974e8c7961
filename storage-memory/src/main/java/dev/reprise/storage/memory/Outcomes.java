package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Reasons;
import dev.reprise.store.Settlement;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How outcomes are stored, and what becomes of those that come too late. Guarded by the store's lock. */
final class Outcomes {

    private static final Set<TaskState> ENDS = EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);

    private final Tables tables;
    private final Transitions transitions;
    private final Admission admission;
    private final Endings endings;

    Outcomes(Tables tables, Transitions transitions, Admission admission, Endings endings) {
        this.tables = tables;
        this.transitions = transitions;
        this.admission = admission;
        this.endings = endings;
    }

    Settlement settle(TaskOutcome outcome, RunnerEntry runner, Instant now) {
        var ref = outcome.ref();
        var task = tables.row(ref.id());
        if (task == null) {
            return Settlement.FENCED;
        }
        if (!task.isHeldBy(runner, ref.epoch())) {
            return late(task, outcome, runner, now);
        }
        if (!storable(task, outcome.next())) {
            unstorable(task, outcome, runner, now);
            return Settlement.UNSTORABLE;
        }
        store(task, outcome, runner, now);
        return Settlement.STORED;
    }

    private static boolean storable(Task task, Next next) {
        if (next instanceof Next.Finish finish) {
            return ENDS.contains(finish.state());
        }
        return next instanceof Next.Retry || task.state().canBecome(TaskState.PARKED);
    }

    private void store(Task task, TaskOutcome outcome, RunnerEntry runner, Instant now) {
        var next = outcome.next();
        var delay = next instanceof Next.Retry retry ? retry.delay() : null;
        task.endClaim(EndedClaim.settled(task, runner, outcome.nonce(), outcome.attempt(), delay, now));
        count(task, outcome.attempt());
        if (next instanceof Next.Finish finish) {
            task.result(finish.result());
            transitions.end(task, finish.state(), null, now);
            endings.spread(List.of(task), now);
        } else if (next instanceof Next.Retry retry) {
            task.carry(retry.carry());
            transitions.retry(task, retry.delay(), now);
        } else if (next instanceof Next.Park park) {
            transitions.park(task, park.reason());
            if (task.batch != null) {
                admission.admit(task.batch, now);
            }
        }
    }

    /** A claim without a call is no attempt: its number goes to the next. */
    private static void count(Task task, @Nullable AttemptReport report) {
        var counters = task.counters();
        task.count(report == null ? counters.handedBack() : counters.tallied(report.tally()));
    }

    private void unstorable(Task task, TaskOutcome outcome, RunnerEntry runner, Instant now) {
        var report = outcome.attempt();
        var bare =
                report == null ? null : new AttemptReport(AttemptOutcome.FAILED, report.tally(), report.usage(), null);
        task.endClaim(EndedClaim.settled(task, runner, outcome.nonce(), bare, null, now));
        count(task, bare);
        transitions.end(task, TaskState.FAILED, Reasons.UNSTORABLE, now);
        endings.spread(List.of(task), now);
    }

    private static Settlement late(Task task, TaskOutcome outcome, RunnerEntry runner, Instant now) {
        var ended = task.endedClaim(outcome.ref().epoch(), runner);
        if (ended == null) {
            return Settlement.FENCED;
        }
        if (ended.nonce() == null && outcome.attempt() != null) {
            task.replace(ended.closedLate(outcome.nonce(), outcome.attempt(), task.deleted(), now));
            return Settlement.FENCED;
        }
        if (ended.late() || !outcome.nonce().equals(ended.nonce())) {
            return Settlement.FENCED;
        }
        return Reasons.UNSTORABLE.equals(task.reason()) ? Settlement.UNSTORABLE : Settlement.ALREADY_STORED;
    }
}
