package dev.reprise.generation;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation as a list shows it: without its texts and images, so that a page of five hundred costs no more than what
 * is on it. Read by its id it brings the rest.
 *
 * @param id its id
 * @param place where it belongs
 * @param names the names on it
 * @param progress where it stands
 * @param usage the tokens spent by all its attempts that have ended, failed ones too
 */
public record GenerationSummary(GenerationId id, Place place, Names names, Progress progress, Usage usage) {

    /** Where its task stands. */
    public TaskState state() {
        return progress.state();
    }

    /** The app's user it belongs to; {@code "-"} for nobody. */
    public String owner() {
        return place.owner();
    }

    /** How it came to be. */
    public GenerationKind kind() {
        return place.kind();
    }

    /** The batch it is part of, or null. */
    public @Nullable BatchId batchId() {
        return place.batchId();
    }

    /** Its place among its variations or items, from 0, or null. */
    public @Nullable Integer variationIndex() {
        return place.index();
    }

    /** The generation it was made from, or null. */
    public @Nullable GenerationId parentId() {
        return place.parentId();
    }

    /** When it was stored, by the store's clock; the same for all of a batch. */
    public Instant createdAt() {
        return place.createdAt();
    }

    /** The app's label, or null. */
    public @Nullable String label() {
        return names.label();
    }

    /** How long it took from being stored to its end, or null while it has not ended. */
    public @Nullable Duration took() {
        var finishedAt = progress.finishedAt();
        return finishedAt == null ? null : Duration.between(createdAt(), finishedAt);
    }

    /**
     * Where a generation belongs.
     *
     * @param owner the app's user; {@code "-"} for nobody
     * @param kind how it came to be
     * @param batchId the batch it is part of, or null
     * @param index its place in the batch from 0, or null
     * @param parentId the generation it was made from, or null
     * @param createdAt when it was stored, by the store's clock
     */
    public record Place(
            String owner,
            GenerationKind kind,
            @Nullable BatchId batchId,
            @Nullable Integer index,
            @Nullable GenerationId parentId,
            Instant createdAt) {}

    /**
     * The names on a generation.
     *
     * @param label the app's label, or null
     * @param provider the provider's registered name, or null when none runs it
     * @param model the model's name, or null when no provider runs it
     * @param processor the output processor's registered name, or null
     */
    public record Names(
            @Nullable String label,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String processor) {}

    /**
     * Where a generation stands.
     *
     * @param state its task's state
     * @param reason why it is held, parked, skipped or failed without an attempt's failure; or null
     * @param attempts how many attempts it has had in its present run, the one under way included
     * @param dueAt when the next attempt is due, by the store's clock; or null when none is scheduled
     * @param finishedAt when it ended, by the store's clock, or null
     * @param failure what it failed with, or null
     */
    public record Progress(
            TaskState state,
            @Nullable String reason,
            int attempts,
            @Nullable Instant dueAt,
            @Nullable Instant finishedAt,
            @Nullable Failure failure) {}

    /**
     * What a generation failed with.
     *
     * @param kind what went wrong
     * @param blame who has to change something
     * @param status the provider's HTTP status, or null when there was none
     */
    public record Failure(
            FailureKind kind, Blame blame, @Nullable Integer status) {}
}
