package dev.reprise.generation;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a generation comes from; never changes.
 *
 * @param owner the app's user it belongs to; {@code "-"} for nobody
 * @param kind how it came to be
 * @param batchId the batch it is part of, or null
 * @param index its place in the batch from 0, or null
 * @param count how many variations were asked for side by side, or null when it is none
 * @param lineage the generation it was made from, or null
 * @param createdAt when it was stored, by the store's clock; the same for all of a batch
 */
public record Origin(
        String owner,
        GenerationKind kind,
        @Nullable BatchId batchId,
        @Nullable Integer index,
        @Nullable Integer count,
        @Nullable Lineage lineage,
        Instant createdAt) {

    /**
     * What a child generation was made from.
     *
     * @param parentId the parent, which may have been deleted since
     * @param instruction what the child was to change or go on with
     * @param continuationType the app's name for the kind of continuation, or null for a refinement
     */
    public record Lineage(
            GenerationId parentId,
            String instruction,
            @Nullable String continuationType) {}
}
