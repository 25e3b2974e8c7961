package dev.reprise.store.rules;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store knows of what a submission names, read in the transaction that is to store it. The tasks it refers to are
 * kept from ending or being purged until then.
 *
 * @param tasks the tasks that are stored, deleted ones too, of all ids that it names and of all that stand in their places
 * @param keys the owner's tasks that have these idempotency keys
 * @param batches which of these batches are stored
 */
public record StoredFacts(Map<GenerationId, Task> tasks, Map<String, Key> keys, Set<BatchId> batches) {

    /**
     * A stored task.
     *
     * @param owner whose it is
     * @param state its state, or null for one that this version does not know
     * @param deleted whether it has been deleted
     * @param createdAt when it was stored
     */
    public record Task(Owner owner, @Nullable TaskState state, boolean deleted, Instant createdAt) {

        /** Whether it will never succeed. */
        boolean isHopeless() {
            return deleted || (state != null && state.isTerminal() && state != TaskState.SUCCEEDED);
        }
    }

    /**
     * A stored task that has an idempotency key.
     *
     * @param id its id
     * @param hash the hash of what was asked for
     * @param createdAt when it was stored
     */
    public record Key(GenerationId id, String hash, Instant createdAt) {}
}
