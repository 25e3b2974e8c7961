package dev.reprise.store;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import org.jspecify.annotations.Nullable;

/**
 * Where a task belongs.
 *
 * @param batch its batch, or null
 * @param position its place in the batch, from 0, or null outside a batch; unique in the batch
 * @param key its name in the batch, as a plan's step has; unique in the batch; or null
 * @param parent the generation it was made from, or null
 */
public record Placement(
        @Nullable BatchId batch,
        @Nullable Integer position,
        @Nullable String key,
        @Nullable GenerationId parent) {

    /** A task by itself. */
    public static final Placement ALONE = new Placement(null, null, null, null);

    /** Whether a feed shows this task's batch, or this task by itself, at this task. */
    public boolean leadsFeed() {
        return position == null || position == 0;
    }
}
