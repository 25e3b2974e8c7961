package dev.reprise.store;

import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the schedule found.
 *
 * @param promoted how many SCHEDULED tasks have become READY because they are due
 * @param expired the tasks that have FAILED with {@link Reasons#DEADLINE}
 * @param untilNext how long until the next SCHEDULED task is due or the next deadline of a waiting task comes, zero or
 *     more, or null when there is neither
 */
public record Promotion(
        int promoted, List<GenerationId> expired, @Nullable Duration untilNext) {

    /** Copies the list. */
    public Promotion {
        expired = List.copyOf(expired);
    }
}
