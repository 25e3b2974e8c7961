package dev.reprise.generation;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A grip on a stored generation, wherever it is being worked on. Thread-safe; can be had again from the id, in another
 * process too; holds no thread while it waits. A wait outlasts a store that is away for a while.
 */
public interface GenerationHandle {

    /** The generation's id. */
    GenerationId id();

    /**
     * Waits for its end.
     *
     * @throws GenerationFailedException when it ended without success
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when it is deleted while it is awaited
     */
    Generation await();

    /**
     * Waits for its end for a limited time.
     *
     * @throws AwaitTimeoutException when it has not ended by then; the work goes on
     * @throws GenerationFailedException when it ended without success
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     */
    Generation await(Duration patience);

    /**
     * A future of its end, of its own: cancelling the future stops the waiting, not the work. Completes exceptionally
     * with {@link GenerationFailedException} when it ends without success.
     *
     * <p>What follows on it runs on threads that are there for this alone: virtual ones where the platform has them, else
     * 16, which should not be held for long.
     */
    CompletableFuture<Generation> future();

    /** How it stands now. */
    Generation now();

    /**
     * Cancels the work; a provider call under way is cut off, wherever it runs.
     *
     * @return whether it had not ended before
     */
    boolean cancel();
}
