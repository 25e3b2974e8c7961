package dev.reprise.store.rules;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.StateReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a task: all that its row says after a change. Nobody has it then, unless the step is a claim.
 *
 * @param state its state
 * @param reason its reason, or null
 * @param failure what it FAILED with, or null
 * @param run its run
 * @param counters what has happened to it in this run
 * @param openDependencies how many tasks must still succeed before it may run
 * @param dueAt when it may start, or null for at once or never
 * @param handover what becomes of what the latest attempt left
 * @param closes how the attempt under way is closed when its runner does not say itself, or null when none is
 */
public record Step(
        TaskState state,
        @Nullable StateReason reason,
        @Nullable FailureSummary failure,
        int run,
        Counters counters,
        int openDependencies,
        @Nullable Instant dueAt,
        Handover handover,
        @Nullable AttemptOutcome closes) {

    /** A task as it is, without what holds only for its state. */
    static Step from(TaskFacts task) {
        return new Step(
                java.util.Objects.requireNonNull(task.state()),
                null,
                null,
                task.run(),
                task.counters(),
                task.openDependencies(),
                null,
                Handover.KEPT,
                null);
    }

    Step to(TaskState next, @Nullable StateReason why) {
        return new Step(next, why, failure, run, counters, openDependencies, dueAt, handover, closes);
    }

    /** An end: nothing is due and nothing handed over any more. */
    Step end(TaskState last, @Nullable StateReason why, @Nullable FailureSummary what) {
        return new Step(last, why, what, run, counters, openDependencies, null, Handover.NONE, closes);
    }

    Step due(@Nullable Instant at) {
        return new Step(state, reason, failure, run, counters, openDependencies, at, handover, closes);
    }

    Step counting(Counters next) {
        return new Step(state, reason, failure, run, next, openDependencies, dueAt, handover, closes);
    }

    Step handingOver(Handover next) {
        return new Step(state, reason, failure, run, counters, openDependencies, dueAt, next, closes);
    }

    Step waitingFor(int dependencies) {
        return new Step(state, reason, failure, run, counters, dependencies, dueAt, handover, closes);
    }

    Step closing(@Nullable AttemptOutcome outcome) {
        return new Step(state, reason, failure, run, counters, openDependencies, dueAt, handover, outcome);
    }

    Step inRun(int next) {
        return new Step(state, reason, failure, next, counters, openDependencies, dueAt, handover, closes);
    }

    /** Whether it ends the task. */
    public boolean isEnd() {
        return state.isTerminal();
    }

    /**
     * This step, which must be legal.
     *
     * @throws IllegalStateException when it is not: leaving an end needs a higher run, everything else the table of
     *     {@link TaskState#canBecome}
     */
    Step checked(TaskFacts before) {
        if (!Transitions.isLegal(before.state(), before.run(), state, run)) {
            throw new IllegalStateException("a task must not go from " + before.state() + " in run " + before.run()
                    + " to " + state + " in run " + run);
        }
        return this;
    }
}
