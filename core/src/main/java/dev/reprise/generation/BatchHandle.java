package dev.reprise.generation;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.identity.BatchId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A grip on a stored batch, wherever it is being worked on. Thread-safe; can be had again from the id, in another
 * process too; holds no thread while it waits. A wait outlasts a store that is away for a while.
 */
public interface BatchHandle {

    /** The batch's id. */
    BatchId id();

    /**
     * Waits until all of it has ended, well or not; never throws because a generation failed.
     *
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     */
    Batch await();

    /**
     * Waits for a limited time until all of it has ended.
     *
     * @throws AwaitTimeoutException when it has not ended by then; the work goes on
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     */
    Batch await(Duration patience);

    /**
     * A future of its end, of its own: cancelling the future stops the waiting, not the work. A generation that is deleted
     * meanwhile counts as ended; once all are deleted there is no batch any more, and the future completes exceptionally
     * with {@link dev.reprise.failure.NotFoundException}. What follows on it runs on threads like those of
     * {@link GenerationHandle#future()}.
     */
    CompletableFuture<Batch> future();

    /** How it stands now: the progress, slot by slot. */
    Batch now();

    /**
     * Cancels all of it that has not ended; provider calls under way are cut off, wherever they run.
     *
     * @return whether anything of it had not ended before
     */
    boolean cancel();
}
