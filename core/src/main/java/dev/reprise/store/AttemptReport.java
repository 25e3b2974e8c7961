package dev.reprise.store;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as its runner reports it.
 *
 * @param outcome SUCCEEDED, FAILED or CANCELLED; the store makes LATE of it when the task has moved on
 * @param tally which of the task's counters it adds to
 * @param usage what it spent
 * @param detail its payload; opaque to the store
 */
public record AttemptReport(
        AttemptOutcome outcome,
        Counters.Tally tally,
        Usage usage,
        @Nullable Payload detail) {}
