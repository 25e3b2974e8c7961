package dev.reprise.store.rules;

import org.jspecify.annotations.Nullable;

/**
 * What a store knows of the batch of a locked task, under the batch's lock.
 *
 * @param concurrency how many of its tasks may be under way at once, or null for all
 * @param stopsOnFailure whether a task that fails stops it
 * @param paused whether the app has paused it
 * @param stopped whether a failure has stopped it
 */
public record BatchFacts(@Nullable Integer concurrency, boolean stopsOnFailure, boolean paused, boolean stopped) {

    /** No batch, or one without rules. */
    public static final BatchFacts NONE = new BatchFacts(null, false, false, false);

    /** Whether only some of its tasks may be under way at once. */
    public boolean isLimited() {
        return concurrency != null;
    }

    /** How many more may be under way: none while it is paused, and none once it has stopped. */
    public int room(int underWay) {
        if (paused || stopped) {
            return 0;
        }
        return concurrency == null ? Integer.MAX_VALUE : Math.max(0, concurrency - underWay);
    }

    /** This batch, stopped. */
    public BatchFacts stop() {
        return new BatchFacts(concurrency, stopsOnFailure, paused, true);
    }
}
