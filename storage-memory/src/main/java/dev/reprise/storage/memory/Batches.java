package dev.reprise.storage.memory;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows of batches. Guarded by the store's lock. */
final class Batches {

    private final Map<BatchId, BatchEntry> batches = new HashMap<>();

    BatchEntry born(NewBatch batch, Owner owner, int size, Instant now) {
        var entry = new BatchEntry(batch, owner, size, now);
        batches.put(entry.id(), entry);
        return entry;
    }

    /** A task of a batch is gone for good, and with the last one the batch. */
    void removed(TaskEntry task) {
        if (task.batch != null) {
            task.batch.remove(task);
            if (task.batch.isEmpty()) {
                batches.remove(task.batch.id());
            }
        }
    }

    /** Whether there is a batch of this id, whoever can see it. */
    boolean has(BatchId id) {
        return batches.containsKey(id);
    }

    /** A batch that somebody can see. */
    @Nullable
    BatchEntry find(Scope scope, BatchId id) {
        var batch = batches.get(id);
        return batch == null || !scope.covers(batch.owner()) || !batch.isVisible() ? null : batch;
    }
}
