package dev.reprise.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task that a runner may now run.
 *
 * @param row the task after the claim: RUNNING, epoch and attempts raised
 * @param request its payload, as it was stored
 * @param handover what its latest outcome left for the next attempt, or null
 * @param now the store's time at the claim
 */
public record ClaimedTask(
        TaskRow row, Payload request, @Nullable String handover, Instant now) {

    /** The task under this claim. */
    public TaskRef ref() {
        return row.ref();
    }
}
