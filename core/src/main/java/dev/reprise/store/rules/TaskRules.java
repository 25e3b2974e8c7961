package dev.reprise.store.rules;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event for a task: from facts to a step, or null when the event does not concern it (any more). The
 * caller has locked the task, and its batch when it has one.
 */
public final class TaskRules {

    private TaskRules() {}

    /**
     * Where a task goes that waits for nothing but its turn: the one place that makes READY. A task that is under way
     * keeps its place in a batch with a limit; any other queues for one.
     */
    static Step enter(TaskFacts task, Step step, @Nullable Instant due, Instant now) {
        var batch = task.batch();
        if (batch.stopped()) {
            return step.end(TaskState.SKIPPED, Reason.STOPPED.plain(), null);
        }
        if (task.awaitsDecision()) {
            return step.to(TaskState.AWAITING_DECISION, null).due(null);
        }
        var later = due != null && due.isAfter(now) ? due : null;
        if (batch.paused()) {
            return step.to(TaskState.HELD, Reason.PAUSED.plain()).due(later);
        }
        if (batch.isLimited() && !TaskSet.UNDER_WAY.has(task.state(), task.reason())) {
            return step.to(TaskState.HELD, Reason.ADMISSION.plain()).due(later);
        }
        return later == null
                ? step.to(TaskState.READY, null).due(null)
                : step.to(TaskState.SCHEDULED, null).due(later);
    }

    /** A place in its batch is free, and it is the next. */
    public static @Nullable Step admitted(TaskFacts task, Instant now) {
        if (!task.isMine()
                || !TaskSet.ADMISSIBLE.has(task.state(), task.reason())
                || task.batch().room(0) == 0) {
            return null;
        }
        var due = task.dueAt();
        boolean later = due != null && due.isAfter(now);
        return Step.from(task)
                .to(later ? TaskState.SCHEDULED : TaskState.READY, null)
                .due(later ? due : null)
                .checked(task);
    }

    /** Its time has come. */
    public static @Nullable Step due(TaskFacts task, Instant now) {
        var due = task.dueAt();
        if (!task.isMine()
                || !TaskSet.SCHEDULED.has(task.state(), task.reason())
                || (due != null && due.isAfter(now))) {
            return null;
        }
        return enter(task, Step.from(task), null, now).checked(task);
    }

    /** A runner takes it: an attempt begins, under the next epoch. */
    public static @Nullable Step claimed(TaskFacts task) {
        return task.isMine() && TaskSet.CLAIMABLE.has(task.state(), task.reason())
                ? Step.from(task)
                        .counting(task.counters().claimed())
                        .to(TaskState.RUNNING, null)
                        .checked(task)
                : null;
    }

    /** A claim goes back whose call was never sent: its attempt number goes to the next. */
    public static @Nullable Step handedBack(TaskFacts task, Instant now) {
        if (!task.isMine() || !TaskSet.RUNNING.has(task.state(), task.reason())) {
            return null;
        }
        var step = Step.from(task).counting(task.counters().handedBack());
        return enter(task, step, null, now).checked(task);
    }

    /**
     * Its runner has died: the attempt is UNKNOWN.
     *
     * @param crashCap how many runners may die on a task before it fails
     */
    public static @Nullable Step runnerDied(TaskFacts task, int crashCap, Instant now) {
        if (!task.isLeased()) {
            return null;
        }
        var counters = task.counters().crashed();
        var step = Step.from(task).counting(counters).closing(AttemptOutcome.UNKNOWN);
        boolean over = task.failsOnCrash() || counters.crashes() >= crashCap;
        return (over ? fail(step, Reason.CRASHED) : enter(task, step, null, now)).checked(task);
    }

    /** Its deadline has come while nobody had it. */
    public static @Nullable Step deadlinePassed(TaskFacts task) {
        return task.isWaiting() ? fail(Step.from(task), Reason.DEADLINE).checked(task) : null;
    }

    /** The app cancels it. */
    public static @Nullable Step cancelled(TaskFacts task) {
        if (!task.isOpen()) {
            return null;
        }
        return Step.from(task)
                .end(TaskState.CANCELLED, null, null)
                .closing(task.isLeased() ? AttemptOutcome.CANCELLED : null)
                .checked(task);
    }

    /** Its runner knows no way to run it, or cannot read it; no call was made. */
    static Step parked(TaskFacts task, StateReason reason) {
        var step = Step.from(task).counting(task.counters().handedBack());
        return task.batch().stopped()
                ? step.end(TaskState.SKIPPED, Reason.STOPPED.plain(), null)
                : step.to(TaskState.PARKED, reason);
    }

    /** Its claim cannot be read by this version. */
    public static @Nullable Step unreadable(TaskFacts task) {
        return task.isMine() && TaskSet.RUNNING.has(task.state(), task.reason())
                ? parked(task, Reason.UNREADABLE.plain()).checked(task)
                : null;
    }

    /** Somebody can run it now. */
    public static @Nullable Step unparked(TaskFacts task, Instant now) {
        if (!task.isMine() || !TaskSet.UNPARKABLE.has(task.state(), task.reason())) {
            return null;
        }
        return enter(task, Step.from(task), task.dueAt(), now).checked(task);
    }

    /** As many of those it waits for have succeeded. */
    public static @Nullable Step dependenciesMet(TaskFacts task, int met, Instant now) {
        if (!task.isMine() || !TaskSet.DEPENDENT.has(task.state(), task.reason())) {
            return null;
        }
        int open = task.openDependencies() - met;
        var step = Step.from(task).waitingFor(open);
        return (open > 0 ? step.due(task.dueAt()) : enter(task, step, task.dueAt(), now)).checked(task);
    }

    /** One of those it waits for will never succeed. */
    public static @Nullable Step dependencyFailed(TaskFacts task) {
        if (!task.isMine() || !TaskSet.DEPENDENT.has(task.state(), task.reason())) {
            return null;
        }
        return skip(task, Reason.DEPENDENCY);
    }

    /** Its batch has stopped: what nobody has ends, whatever it has tried. */
    public static @Nullable Step batchStopped(TaskFacts task) {
        return task.isWaiting() ? skip(task, Reason.STOPPED) : null;
    }

    /** Its batch is paused: what could be claimed, or would be by time alone, is held, its time kept. */
    public static @Nullable Step paused(TaskFacts task) {
        if (!task.isMine()
                || !(TaskSet.CLAIMABLE.has(task.state(), task.reason())
                        || TaskSet.SCHEDULED.has(task.state(), task.reason()))) {
            return null;
        }
        return Step.from(task)
                .to(TaskState.HELD, Reason.PAUSED.plain())
                .due(task.dueAt())
                .checked(task);
    }

    /** Its batch is not paused any more. */
    public static @Nullable Step resumed(TaskFacts task, Instant now) {
        if (!task.isMine() || !TaskSet.PAUSED.has(task.state(), task.reason())) {
            return null;
        }
        return enter(task, Step.from(task), task.dueAt(), now).checked(task);
    }

    /** A person has decided. */
    public static @Nullable Step decided(TaskFacts task, boolean approved) {
        if (!task.isMine() || task.state() != TaskState.AWAITING_DECISION) {
            return null;
        }
        var step = Step.from(task);
        return (approved ? step.end(TaskState.SUCCEEDED, null, null) : fail(step, Reason.REJECTED)).checked(task);
    }

    /**
     * It is started over as a higher run, from wherever it is.
     *
     * @param run the new run
     * @param openDependencies how many of those it depends on have not succeeded, counted anew from rows
     * @param task the facts, of a batch as it is after the reset
     */
    public static @Nullable Step startedOver(TaskFacts task, int run, int openDependencies, Instant now) {
        if (!task.isMine() || run <= task.run()) {
            return null;
        }
        var step = new Step(
                TaskState.WAITING,
                null,
                null,
                run,
                Counters.NONE,
                openDependencies,
                null,
                Handover.NONE,
                task.isLeased() ? AttemptOutcome.CANCELLED : null);
        var queued = new TaskFacts(
                TaskState.WAITING,
                null,
                run,
                Counters.NONE,
                openDependencies,
                null,
                task.failsOnCrash(),
                task.awaitsDecision(),
                task.requiredLevel(),
                task.batch());
        return (openDependencies > 0 ? step : enter(queued, step, null, now)).checked(task);
    }

    private static Step skip(TaskFacts task, Reason reason) {
        return Step.from(task).end(TaskState.SKIPPED, reason.plain(), null).checked(task);
    }

    static Step fail(Step step, Reason reason) {
        return step.end(TaskState.FAILED, reason.plain(), reason.failure());
    }
}
