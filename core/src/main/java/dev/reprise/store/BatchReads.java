package dev.reprise.store;

import dev.reprise.identity.BatchId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of batches, and of tasks that are in none as batches of one under their own ids. A batch exists as long as one of
 * its tasks has not been deleted.
 */
public interface BatchReads {

    /** Reads a batch with all its tasks and their payloads. */
    Optional<StoredBatch> batch(Scope scope, BatchId id);

    /** Reads how a batch stands, without payloads; as cheap for ten thousand tasks as for two. */
    Optional<BatchRow> summary(Scope scope, BatchId id);

    /**
     * Lists batches, and tasks that are in none, newest first by {@code (createdAt, id)}. A page never splits a batch. A
     * batch is listed as long as anything of it is left.
     */
    Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after);
}
