package dev.reprise.generation;

import dev.reprise.identity.BatchId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generations that belong together, as they stood when they were read. A generation that was made by itself shows up in
 * a feed as a batch of one under its own id.
 *
 * @param id its id
 * @param owner the app's user it belongs to; {@code "-"} for nobody
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock; its generations have the same time
 * @param generations all that were asked for and not deleted, by index
 */
public record Batch(BatchId id, String owner, @Nullable String label, Instant createdAt, List<Generation> generations) {

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
        long ended = generations.stream().filter(g -> g.state().isTerminal()).count();
        if (ended < generations.size()) {
            return ended == 0 && generations.stream().allMatch(Batch::untouched)
                    ? BatchState.PENDING
                    : BatchState.RUNNING;
        }
        int succeeded = succeeded().size();
        if (succeeded == generations.size()) {
            return BatchState.SUCCEEDED;
        }
        boolean cancelled = !in(TaskState.CANCELLED).isEmpty();
        if (cancelled && in(TaskState.FAILED).isEmpty()) {
            return BatchState.CANCELLED;
        }
        return succeeded > 0 ? BatchState.PARTLY_FAILED : BatchState.FAILED;
    }

    private static boolean untouched(Generation generation) {
        var state = generation.state();
        return generation.attempts().isEmpty() && state != TaskState.RUNNING && state != TaskState.UPLOADING;
    }

    private List<Generation> in(TaskState state) {
        return generations.stream().filter(g -> g.state() == state).toList();
    }
}
