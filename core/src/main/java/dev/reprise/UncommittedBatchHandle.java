package dev.reprise;

import dev.reprise.generation.Batch;
import dev.reprise.handle.BatchHandle;
import dev.reprise.identity.BatchId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of a batch that exists once the caller has committed. */
record UncommittedBatchHandle(BatchHandle handle) implements BatchHandle {

    @Override
    public BatchId id() {
        return handle.id();
    }

    @Override
    public Batch await() {
        return why().read(handle::await);
    }

    @Override
    public Batch await(Duration patience) {
        return why().read(() -> handle.await(patience));
    }

    @Override
    public CompletableFuture<Batch> future() {
        return why().future(handle::future);
    }

    @Override
    public Batch now() {
        return why().read(handle::now);
    }

    @Override
    public boolean cancel() {
        return why().cancel(handle::cancel, handle::now);
    }

    private Uncommitted why() {
        return new Uncommitted("batch", id().value());
    }
}
