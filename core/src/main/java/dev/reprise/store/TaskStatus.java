package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands.
 *
 * @param state its state
 * @param reason why it is HELD, PARKED or SKIPPED, or FAILED by the store itself; or null
 * @param failure what it FAILED with, or null
 * @param run how many times it has been started over, from 1
 * @param epoch the fencing number of its latest claim; 0 before the first
 * @param runner who has it, or null when it is not RUNNING or UPLOADING
 */
public record TaskStatus(
        TaskState state,
        @Nullable StateReason reason,
        @Nullable FailureSummary failure,
        int run,
        long epoch,
        @Nullable RunnerId runner) {

    /** Whether it has this reason, whatever the detail. */
    public boolean isBecause(Reason other) {
        return reason != null && reason.reason() == other;
    }
}
