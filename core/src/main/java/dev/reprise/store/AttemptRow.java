package dev.reprise.store;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the store keeps it; there is one for each claim that may have reached the provider.
 *
 * @param run the task's run
 * @param epoch the claim's epoch
 * @param number the attempt's number
 * @param outcome how it ended
 * @param startedAt when the claim was made, by the store's clock
 * @param endedAt when the outcome was stored, by the store's clock
 * @param delay the wait chosen before the next attempt, or null
 * @param usage what it spent
 * @param failure what it failed with, or null
 * @param detail its payload, or null; opaque to the store
 */
public record AttemptRow(
        int run,
        long epoch,
        int number,
        AttemptOutcome outcome,
        Instant startedAt,
        Instant endedAt,
        @Nullable Duration delay,
        Usage usage,
        @Nullable FailureSummary failure,
        @Nullable Payload detail) {}
