package dev.reprise.generation;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of AI work as it stood when it was read: a request, its attempts, its outcome. Immutable; read again for
 * news.
 *
 * @param id its id
 * @param origin where it comes from
 * @param request what was asked for, provider and model resolved
 * @param progress where it stands
 * @param result what it brought; null unless it succeeded
 * @param failure why it ended otherwise; null while it has not, or when it succeeded
 */
public record Generation(
        GenerationId id,
        Origin origin,
        GenerationRequest request,
        Progress progress,
        @Nullable GenerationResult result,
        @Nullable GenerationFailure failure) {

    /** Where its task stands. */
    public TaskState state() {
        return progress.state();
    }

    /** The app's user it belongs to; {@code "-"} for nobody. */
    public String owner() {
        return origin.owner();
    }

    /** How it came to be. */
    public GenerationKind kind() {
        return origin.kind();
    }

    /** The batch it is part of, or null. */
    public @Nullable BatchId batchId() {
        return origin.batchId();
    }

    /** Its place among its variations or items, from 0, or null. */
    public @Nullable Integer variationIndex() {
        return origin.index();
    }

    /** How many variations were asked for side by side, or null when it is none. */
    public @Nullable Integer variationCount() {
        return origin.count();
    }

    /** The generation it was made from, or null. */
    public @Nullable GenerationId parentId() {
        var lineage = origin.lineage();
        return lineage == null ? null : lineage.parentId();
    }

    /** What a refinement or continuation was to change or go on with, or null. */
    public @Nullable String instruction() {
        var lineage = origin.lineage();
        return lineage == null ? null : lineage.instruction();
    }

    /** When it was stored, by the store's clock; the same for all of a batch. */
    public Instant createdAt() {
        return origin.createdAt();
    }

    /** Its attempts so far that have ended, oldest first. */
    public List<Attempt> attempts() {
        return progress.attempts();
    }

    /** The tokens spent by all its attempts, failed ones too. */
    public Usage usage() {
        return progress.attempts().stream().map(Attempt::usage).reduce(Usage.NONE, Usage::plus);
    }

    /** How long it took from being stored to its end, or null while it has not ended. */
    public @Nullable Duration took() {
        var finishedAt = progress.finishedAt();
        return finishedAt == null ? null : Duration.between(createdAt(), finishedAt);
    }

    /**
     * The model's latest text: the result's, else the text kept from the last attempt that brought any (partial,
     * truncated or rejected); null when there is none.
     */
    public @Nullable String text() {
        if (result != null) {
            return result.rawText();
        }
        String text = null;
        for (Attempt attempt : progress.attempts()) {
            var kept = attempt.exchange().text();
            text = kept == null ? text : kept;
        }
        return text;
    }

    /**
     * Where a generation stands.
     *
     * @param state its task's state
     * @param reason why it is held, parked, skipped or failed without an attempt's failure; or null
     * @param dueAt when the next attempt is due, by the store's clock; or null when none is scheduled
     * @param finishedAt when it ended, by the store's clock, or null
     * @param attempts its attempts that have ended, oldest first
     */
    public record Progress(
            TaskState state,
            @Nullable String reason,
            @Nullable Instant dueAt,
            @Nullable Instant finishedAt,
            List<Attempt> attempts) {

        /** Copies the list. */
        public Progress {
            attempts = List.copyOf(attempts);
        }
    }
}
