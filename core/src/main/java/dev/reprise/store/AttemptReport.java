package dev.reprise.store;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as its runner reports it.
 *
 * @param outcome SUCCEEDED, FAILED or CANCELLED; the store makes LATE of it when the task has moved on
 * @param counted what it counts as
 * @param usage what it spent
 * @param failure what it failed with, or null
 * @param detail its payload; opaque to the store
 */
public record AttemptReport(
        AttemptOutcome outcome,
        Counters.Counted counted,
        Usage usage,
        @Nullable FailureSummary failure,
        @Nullable Payload detail) {}
