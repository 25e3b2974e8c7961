package dev.reprise.generation;

import dev.reprise.identity.BatchId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generations that belong together, as they stood when they were read. A generation that was made by itself is a batch of
 * one under its own id.
 *
 * @param id its id
 * @param owner the app's user it belongs to; {@code "-"} for nobody
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock; its generations have the same time
 * @param variationCount how many generations it was made of, whatever was deleted since
 * @param finishedAt when all of it had ended, by the store's clock, or null
 * @param generations all that were asked for and not deleted, by index
 */
public record Batch(
        BatchId id,
        String owner,
        @Nullable String label,
        Instant createdAt,
        int variationCount,
        @Nullable Instant finishedAt,
        List<Generation> generations) {

    /** Copies the list. */
    public Batch {
        generations = List.copyOf(generations);
    }

    /** Those that succeeded, by index. */
    public List<Generation> succeeded() {
        return in(TaskState.SUCCEEDED);
    }

    /** Those that ended without success (failed, cancelled or skipped), by index. */
    public List<Generation> failed() {
        return generations.stream()
                .filter(g -> g.state().isTerminal() && g.state() != TaskState.SUCCEEDED)
                .toList();
    }

    /** How many there are, in whatever state; those that were deleted are not counted. */
    public int total() {
        return generations.size();
    }

    /** Where the batch stands, told from its generations. */
    public BatchState state() {
        return new BatchSummary.Counts(
                        generations.size(),
                        succeeded().size(),
                        in(TaskState.FAILED).size(),
                        in(TaskState.CANCELLED).size(),
                        in(TaskState.SKIPPED).size(),
                        generations.stream().anyMatch(Batch::isStarted))
                .state();
    }

    private static boolean isStarted(Generation generation) {
        return !generation.attempts().isEmpty()
                || generation.state().isLeased()
                || generation.state().isTerminal();
    }

    private List<Generation> in(TaskState state) {
        return generations.stream().filter(g -> g.state() == state).toList();
    }
}
