package dev.reprise.handle;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Generation;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A grip on a stored generation. */
public interface GenerationHandle extends HandleBase<Generation> {

    /** The generation's id. */
    GenerationId id();

    /**
     * {@inheritDoc}
     *
     * @throws GenerationFailedException when it ended without success
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when it is deleted while it is awaited
     */
    @Override
    Generation await();

    /**
     * {@inheritDoc}
     *
     * @throws AwaitTimeoutException when it has not ended by then; the work goes on
     * @throws GenerationFailedException when it ended without success
     * @throws AwaitInterruptedException when the waiting thread is interrupted; the work goes on
     * @throws NotFoundException when it is deleted while it is awaited
     */
    @Override
    Generation await(Duration patience);

    /** {@inheritDoc} Completes exceptionally with {@link GenerationFailedException} when it ends without success. */
    @Override
    CompletableFuture<Generation> future();
}
