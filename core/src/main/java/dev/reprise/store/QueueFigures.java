package dev.reprise.store;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a queue stands.
 *
 * @param at when it was read, by the store's clock
 * @param depth how many tasks there are in each state that is no end; a state without tasks is left out
 * @param oldestReadyAt when the oldest READY task was stored, or null when there is none
 * @param due how many SCHEDULED tasks are due and have not been made READY
 * @param nextDueAt when the next SCHEDULED task is due, or null when there is none
 * @param failures the failures in the window, the most frequent first
 */
public record QueueFigures(
        Instant at,
        Map<TaskState, Long> depth,
        @Nullable Instant oldestReadyAt,
        long due,
        @Nullable Instant nextDueAt,
        List<Failures> failures) {

    /** Copies the collections. */
    public QueueFigures {
        depth = Map.copyOf(depth);
        failures = List.copyOf(failures);
    }

    /**
     * Tasks that FAILED in the same way.
     *
     * @param kind what went wrong
     * @param provider the provider's name
     * @param label the app's label, or null
     * @param count how many
     */
    public record Failures(
            FailureKind kind, String provider, @Nullable String label, long count) {}
}
