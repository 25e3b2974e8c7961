package dev.reprise.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the schedule found.
 *
 * @param promoted how many SCHEDULED tasks have become READY because they are due
 * @param untilDue how long until the next SCHEDULED task is due, or null when there is none; zero when one is due that
 *     somebody else has locked, or that has to be expired first
 * @param untilDeadline how long until the next deadline of a waiting task, or null when there is none; zero when one has
 *     come and {@link RunnerSession#expire} has work
 */
public record Promotion(
        int promoted, @Nullable Duration untilDue, @Nullable Duration untilDeadline) {}
