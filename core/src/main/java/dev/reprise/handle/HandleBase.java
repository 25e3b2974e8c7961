package dev.reprise.handle;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.NotFoundException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A grip on stored work, wherever it is being worked on. Thread-safe; can be had again from the id, in another process
 * too; holds no thread while it waits. A wait outlasts a store that is away for a while.
 *
 * @param <T> what the work is shown as
 */
public interface HandleBase<T> {

    /**
     * Waits for its end.
     *
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when it is deleted while it is awaited
     */
    T await();

    /**
     * Waits for its end for a limited time.
     *
     * @throws AwaitTimeoutException when it has not ended by then; the work goes on
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when it is deleted while it is awaited
     */
    T await(Duration patience);

    /**
     * A future of its end, of its own: cancelling the future stops the waiting, not the work.
     *
     * <p>What follows on it runs on threads that are there for this alone: virtual ones where the platform has them, else
     * 16, which should not be held for long.
     */
    CompletableFuture<T> future();

    /**
     * How it stands now.
     *
     * @throws NotFoundException when there is no such work any more
     */
    T now();

    /**
     * Cancels what of it has not ended; provider calls under way are cut off, wherever they run.
     *
     * @return whether anything of it had not ended before
     */
    boolean cancel();
}
