package dev.reprise.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the schedule found.
 *
 * @param promoted how many SCHEDULED tasks have become READY because they are due
 * @param untilNext how long until the next SCHEDULED task is due, zero or more, or null when there is none
 */
public record Promotion(int promoted, @Nullable Duration untilNext) {}
