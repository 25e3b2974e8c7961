package dev.reprise.store;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch with all its tasks that have not been deleted.
 *
 * @param id its id; for a task by itself in a feed, the task's
 * @param owner whose it is
 * @param label the app's label, or null
 * @param createdAt when it was stored, by the store's clock
 * @param tasks by position
 */
public record StoredBatch(BatchId id, Owner owner, @Nullable String label, Instant createdAt, List<StoredTask> tasks) {

    /** Copies the list. */
    public StoredBatch {
        tasks = List.copyOf(tasks);
    }
}
