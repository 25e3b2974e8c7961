package dev.reprise.store.rules;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an outcome does to its task when it holds the fence, and what is kept of it when it does not. */
public final class OutcomeRules {

    private static final Set<TaskState> ENDS = EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);
    private static final int LONGEST_NONCE = 64;

    private OutcomeRules() {}

    /**
     * The step of an outcome that holds the fence: the task is leased, under the outcome's epoch, to the outcome's runner.
     *
     * @return null when the outcome can never be stored; then {@link #unstorable} is the step
     */
    public static @Nullable Step stored(TaskFacts task, TaskOutcome outcome, Instant now) {
        var next = outcome.next();
        var report = outcome.attempt();
        var step = counted(task, report);
        if (next instanceof Next.Finish finish) {
            return ENDS.contains(finish.state())
                    ? step.end(finish.state(), null, finish.failure()).checked(task)
                    : null;
        }
        if (next instanceof Next.Retry retry) {
            var due = BirthRules.dueAfter(now, retry.delay());
            return TaskRules.enter(task, step.handingOver(Handover.of(retry.handover())), due, now)
                    .checked(task);
        }
        var park = (Next.Park) next;
        return TaskSet.RUNNING.has(task.state(), task.reason())
                ? TaskRules.parked(task, park.reason())
                        .counting(counted(task, report).counters())
                        .checked(task)
                : null;
    }

    /**
     * The wait before the next attempt, as an attempt's row keeps it: in whole milliseconds, as many as there can be at
     * most; null when there is no next.
     */
    public static @Nullable Duration delay(Next next) {
        return next instanceof Next.Retry retry
                ? Duration.ofMillis(TimeUnit.MILLISECONDS.convert(retry.delay()))
                : null;
    }

    /** The step of an outcome that the store cannot hold: the task fails, its attempt keeps what it spent. */
    public static Step unstorable(TaskFacts task, TaskOutcome outcome) {
        return TaskRules.fail(counted(task, outcome.attempt()), Reason.UNSTORABLE)
                .checked(task);
    }

    /** A claim without a call is no attempt: its number goes to the next. */
    private static Step counted(TaskFacts task, @Nullable AttemptReport report) {
        var counters = task.counters();
        return Step.from(task).counting(report == null ? counters.handedBack() : counters.plus(report.counted()));
    }

    /**
     * A claim as it stands when an outcome of it comes too late.
     *
     * @param task the task
     * @param epoch the task's present epoch
     * @param closedAs how the claim's attempt was closed, or null when none is recorded
     * @param closedBy the nonce of the outcome that closed it, or null when its runner has not told yet
     */
    public record LateClaim(
            TaskFacts task,
            long epoch,
            @Nullable AttemptOutcome closedAs,
            @Nullable String closedBy) {}

    /**
     * What to do with an outcome that does not hold the fence.
     *
     * @param receipt what to answer
     * @param record how to record its attempt, with what it spent, or null for not at all: a new row where none is
     *     recorded, else in place of the one that waits for its runner's word
     */
    public record Late(OutcomeReceipt receipt, @Nullable AttemptOutcome record) {
        private static final Late FENCED = new Late(OutcomeReceipt.FENCED, null);
        private static final Late ALREADY_STORED = new Late(OutcomeReceipt.ALREADY_STORED, null);
        private static final Late UNSTORABLE = new Late(OutcomeReceipt.UNSTORABLE, null);
    }

    /**
     * Judges an outcome that does not hold the fence: stored before, by a call whose answer was lost, or too late. Money
     * was spent then, and its attempt is closed with it, once.
     */
    public static Late late(LateClaim claim, TaskOutcome outcome) {
        var report = outcome.attempt();
        boolean latest = claim.epoch == outcome.ref().epoch();
        if (latest
                && isUnstorable(claim.task)
                && (claim.closedAs == null || storableNonce(outcome.nonce()).equals(claim.closedBy))) {
            return Late.UNSTORABLE;
        }
        if (report == null) {
            return claim.closedAs == null && latest && isAsWanted(claim.task, outcome.next())
                    ? Late.ALREADY_STORED
                    : Late.FENCED;
        }
        if (claim.closedAs == null) {
            return isOver(claim, outcome) ? new Late(OutcomeReceipt.FENCED, seen(claim)) : Late.FENCED;
        }
        if (outcome.nonce().equals(claim.closedBy)) {
            return claim.closedAs == report.outcome() ? Late.ALREADY_STORED : Late.FENCED;
        }
        return claim.closedBy == null ? new Late(OutcomeReceipt.FENCED, seen(claim)) : Late.FENCED;
    }

    /** Whether the claim has ended; the attempt of one that somebody has is left for them to record. */
    private static boolean isOver(LateClaim claim, TaskOutcome outcome) {
        long epoch = outcome.ref().epoch();
        return epoch < claim.epoch || (epoch == claim.epoch && !TaskSet.LEASED.has(claim.task.state(), null));
    }

    private static AttemptOutcome seen(LateClaim claim) {
        boolean cancelled = claim.closedAs == null
                ? claim.task.state() == TaskState.CANCELLED
                : claim.closedAs == AttemptOutcome.CANCELLED;
        return cancelled ? AttemptOutcome.CANCELLED : AttemptOutcome.LATE;
    }

    private static boolean isUnstorable(TaskFacts task) {
        return task.state() == TaskState.FAILED
                && task.reason() != null
                && task.reason().reason() == Reason.UNSTORABLE;
    }

    /** Without a call there is no attempt that could hold a nonce, and nothing but the state to lose. */
    private static boolean isAsWanted(TaskFacts task, Next next) {
        if (next instanceof Next.Finish finish) {
            return task.state() == finish.state();
        }
        if (next instanceof Next.Park) {
            return task.state() == TaskState.PARKED || task.state() == TaskState.SKIPPED;
        }
        return task.state() == TaskState.READY
                || task.state() == TaskState.SCHEDULED
                || task.state() == TaskState.HELD
                || task.state() == TaskState.SKIPPED;
    }

    /** A nonce as it is kept with an outcome that cannot be stored, whose nonce may be the reason. */
    public static String storableNonce(String nonce) {
        String clean = nonce.replace("\0", "");
        return clean.substring(0, Math.min(LONGEST_NONCE, clean.length()));
    }
}
