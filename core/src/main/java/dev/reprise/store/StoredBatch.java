package dev.reprise.store;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch with all its tasks that have not been deleted, or a task by itself as a batch of one.
 *
 * @param id its id; for a task by itself, the task's
 * @param owner whose it is
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock
 * @param size how many tasks it was made of, whatever was deleted since
 * @param finishedAt when all of it had ended, set once a run; or null
 * @param tasks by position
 */
public record StoredBatch(
        BatchId id,
        Owner owner,
        @Nullable String label,
        Instant createdAt,
        int size,
        @Nullable Instant finishedAt,
        List<StoredTask> tasks) {

    /** Copies the list. */
    public StoredBatch {
        tasks = List.copyOf(tasks);
    }
}
