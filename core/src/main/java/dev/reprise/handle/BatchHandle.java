package dev.reprise.handle;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Batch;
import dev.reprise.identity.BatchId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A grip on a stored batch. A generation of it that is deleted counts as ended; once all are deleted there is no batch any
 * more.
 */
public interface BatchHandle extends HandleBase<Batch> {

    /** The batch's id. */
    BatchId id();

    /**
     * Waits until all of it has ended, well or not; never throws because a generation failed.
     *
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when all of it is deleted while it is awaited
     */
    @Override
    Batch await();

    /**
     * Waits for a limited time until all of it has ended, well or not; never throws because a generation failed.
     *
     * @throws AwaitTimeoutException when it has not ended by then; the work goes on
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when all of it is deleted while it is awaited
     */
    @Override
    Batch await(Duration patience);

    /** {@inheritDoc} Completes exceptionally with {@link NotFoundException} when all of it is deleted meanwhile. */
    @Override
    CompletableFuture<Batch> future();

    /** How it stands now: the progress, slot by slot. */
    @Override
    Batch now();
}
