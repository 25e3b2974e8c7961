package dev.reprise.generation;

import dev.reprise.identity.BatchId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as a feed shows it: how many of it have ended how, and its first few generations, without texts and images. A
 * generation that was made by itself is a batch of one under its own id.
 *
 * @param id its id
 * @param owner the app's user it belongs to; {@code "-"} for nobody
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock; its generations have the same time
 * @param finishedAt when all of it had ended, or null
 * @param counts how many have ended how
 * @param first its first generations that have not been deleted, by index: at most 12
 */
public record BatchSummary(
        BatchId id,
        String owner,
        @Nullable String label,
        Instant createdAt,
        @Nullable Instant finishedAt,
        Counts counts,
        List<GenerationSummary> first) {

    /** Copies the list. */
    public BatchSummary {
        first = List.copyOf(first);
    }

    /** Where the batch stands. */
    public BatchState state() {
        return counts.state();
    }

    /** How many generations it was made of, whatever was deleted since. */
    public int variationCount() {
        return counts.total();
    }

    /**
     * How many generations of a batch have ended how. What was deleted counts as it ended.
     *
     * @param total how many the batch was made of
     * @param succeeded those that succeeded
     * @param failed those that failed
     * @param cancelled those that were cancelled
     * @param skipped those that were skipped
     * @param started whether anything of it has been started
     */
    public record Counts(int total, int succeeded, int failed, int cancelled, int skipped, boolean started) {

        /** How many have not ended. */
        public int open() {
            return total - succeeded - failed - cancelled - skipped;
        }

        /** Where a batch with these counts stands. */
        public BatchState state() {
            if (open() > 0) {
                return started ? BatchState.RUNNING : BatchState.PENDING;
            }
            if (succeeded == total) {
                return BatchState.SUCCEEDED;
            }
            if (succeeded > 0) {
                return BatchState.PARTLY_FAILED;
            }
            return cancelled > 0 && failed == 0 ? BatchState.CANCELLED : BatchState.FAILED;
        }
    }
}
