package dev.reprise.store;

import dev.reprise.identity.GenerationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What became of a submission. */
public sealed interface Submitted {

    /**
     * It is stored.
     *
     * @param createdAt the creation time that all its tasks share, by the store's clock
     * @param existing tasks that were stored before under the same idempotency key with the same hash: the offered id and
     *     the one that stands in its place. When the submission has a batch, one such task stands for the whole batch
     *     and nothing new has been stored.
     * @param claimed those of its tasks that the submitting runner has claimed at once; possibly none
     */
    record Stored(Instant createdAt, Map<GenerationId, GenerationId> existing, List<ClaimedTask> claimed)
            implements Submitted {

        /** Copies the collections. */
        public Stored {
            existing = Map.copyOf(existing);
            claimed = List.copyOf(claimed);
        }
    }

    /**
     * An idempotency key has been used for another input; nothing is stored.
     *
     * @param key the key
     * @param existing the task that has it
     */
    record KeyReused(String key, GenerationId existing) implements Submitted {}

    /**
     * A parent does not exist, has been deleted, or is another owner's; nothing is stored.
     *
     * @param parent the parent
     */
    record ParentGone(GenerationId parent) implements Submitted {}
}
