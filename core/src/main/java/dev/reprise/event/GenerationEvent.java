package dev.reprise.event;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Generation;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened to a generation in this process. */
public sealed interface GenerationEvent {

    /** Where the event happened. */
    Slot slot();

    /**
     * Which generation an event is about.
     *
     * @param id the generation
     * @param batchId its batch, or null
     * @param index its place in the batch from 0, or null
     */
    record Slot(
            GenerationId id,
            @Nullable BatchId batchId,
            @Nullable Integer index) {}

    /** It has been stored; the first event of a generation in the process that submits it. */
    record Created(Slot slot) implements GenerationEvent {}

    /**
     * A provider call begins.
     *
     * @param attempt the attempt's number, from 1
     */
    record Started(Slot slot, int attempt) implements GenerationEvent {}

    /**
     * Text arrived from a provider that streams.
     *
     * @param attempt the attempt's number
     * @param text the next piece of the text
     */
    record TextDelta(Slot slot, int attempt, String text) implements GenerationEvent {}

    /**
     * A later attempt starts the text over: what had arrived before is void.
     *
     * @param attempt the number of the attempt that starts now
     */
    record Restarted(Slot slot, int attempt) implements GenerationEvent {}

    /**
     * An attempt failed and another one follows; stored.
     *
     * @param attempt the number of the attempt that failed
     * @param failure why it failed
     * @param delay the wait until the next attempt
     */
    record RetryScheduled(Slot slot, int attempt, GenerationFailure failure, Duration delay)
            implements GenerationEvent {}

    /**
     * It has ended, well or not; stored. Told in the process that called the provider for it last; the end of what waited
     * beyond its deadline, or failed with its dead process, in the one that found it so. What is cancelled or deleted while
     * no call is under way, or by another process, and what is skipped because of another, ends without.
     *
     * @param generation how it ended; of one that was deleted during its call only that it is cancelled, without its
     *     texts and attempts
     */
    record Finished(Slot slot, Generation generation) implements GenerationEvent {}
}
