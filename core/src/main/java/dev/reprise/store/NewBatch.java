package dev.reprise.store;

import dev.reprise.identity.BatchId;
import org.jspecify.annotations.Nullable;

/**
 * A batch to store, together with its tasks.
 *
 * @param id its id
 * @param label the app's label, or null
 * @param concurrency how many of its tasks may be under way at once (READY, SCHEDULED or RUNNING), at least 1, or null for
 *     all; the others wait HELD
 * @param stopsOnFailure whether a task that ends FAILED has the batch stop: all that no runner has is skipped, whatever it has
 *     tried, and what a runner has is finished but not tried again. Else only what depends on it is skipped
 */
public record NewBatch(
        BatchId id, @Nullable String label, @Nullable Integer concurrency, boolean stopsOnFailure) {}
