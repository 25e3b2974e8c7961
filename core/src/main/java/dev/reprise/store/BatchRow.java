package dev.reprise.store;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch without payloads, or a task by itself as a batch of one.
 *
 * @param id its id; for a task by itself, the task's
 * @param owner whose it is
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock
 * @param run how many times it has been started over, from 1
 * @param counts how many have ended how
 * @param started whether anything of it has been started
 * @param finishedAt when all of it had ended, set once a run; or null
 * @param first the first few of its tasks that have not been deleted, by position: those whose positions are below
 *     {@link #FIRST} and the number of those deleted
 */
public record BatchRow(
        BatchId id,
        Owner owner,
        @Nullable String label,
        Instant createdAt,
        int run,
        BatchCounts counts,
        boolean started,
        @Nullable Instant finishedAt,
        List<TaskSummary> first) {

    /** How many tasks a batch's row shows. */
    public static final int FIRST = 12;

    /** Copies the list. */
    public BatchRow {
        first = List.copyOf(first);
    }
}
