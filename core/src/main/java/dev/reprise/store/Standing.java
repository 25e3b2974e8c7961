package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands.
 *
 * @param state its state
 * @param reason why it is HELD, PARKED, SKIPPED or CANCELLED, or FAILED by the store itself; one of {@link Reasons}
 *     or a text for people; or null
 * @param run how many times it has been started over, from 1
 * @param epoch the fencing number of its latest claim; 0 before the first
 * @param runner who has it, or null when it is not RUNNING or UPLOADING
 */
public record Standing(
        TaskState state,
        @Nullable String reason,
        int run,
        long epoch,
        @Nullable RunnerId runner) {}
