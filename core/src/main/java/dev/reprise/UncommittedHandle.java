package dev.reprise;

import dev.reprise.generation.Generation;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of a generation that exists once the caller has committed. */
record UncommittedHandle(GenerationHandle handle) implements GenerationHandle {

    @Override
    public GenerationId id() {
        return handle.id();
    }

    @Override
    public Generation await() {
        return why().read(handle::await);
    }

    @Override
    public Generation await(Duration patience) {
        return why().read(() -> handle.await(patience));
    }

    @Override
    public CompletableFuture<Generation> future() {
        return why().future(handle::future);
    }

    @Override
    public Generation now() {
        return why().read(handle::now);
    }

    @Override
    public boolean cancel() {
        return why().cancel(handle::cancel, handle::now);
    }

    private Uncommitted why() {
        return new Uncommitted("generation", id().value());
    }
}
