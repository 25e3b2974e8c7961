package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The end of a task, however it came: by an outcome, a dead runner, a deadline, the app, a dependency, its batch. What
 * belongs to a task learns of its end by this value and no other.
 *
 * @param id the task
 * @param owner whose it is
 * @param batch its batch, or null
 * @param run the run that has ended
 * @param state SUCCEEDED, FAILED, CANCELLED or SKIPPED
 * @param reason why the store has ended it, or null when an outcome or the app has
 * @param failure what it FAILED with, or null
 */
public record TaskEnd(
        GenerationId id,
        Owner owner,
        @Nullable BatchId batch,
        int run,
        TaskState state,
        @Nullable StateReason reason,
        @Nullable FailureSummary failure) {}
