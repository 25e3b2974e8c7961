package dev.reprise;

import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Generation;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.runner.Engine;
import dev.reprise.waiting.AwaitLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of one generation. */
record SingleHandle(Engine engine, GenerationOperations operations, GenerationId id) implements GenerationHandle {

    @Override
    public Generation await() {
        return ended(new AwaitLimit("generation " + id, null));
    }

    @Override
    public Generation await(Duration patience) {
        return ended(new AwaitLimit("generation " + id, patience));
    }

    // Read on the caller's own thread: what apps do with futures may hold up the threads that those have.
    private Generation ended(AwaitLimit limit) {
        limit.await(engine.ended(id));
        return succeeded(engine.readThroughOutages(this::now, limit));
    }

    @Override
    public CompletableFuture<Generation> future() {
        var future = new CompletableFuture<Generation>();
        // What the app does with the future must not run on the threads that talk to the store.
        return Futures.complete(
                future,
                engine.ended(id)
                        .thenComposeAsync(
                                state -> engine.readThroughOutages(this::now, future::isDone), engine.callbackThreads())
                        .thenApply(this::succeeded),
                engine.callbackThreads());
    }

    @Override
    public Generation now() {
        return operations.get(id).orElseThrow(() -> new NotFoundException("generation", id.value()));
    }

    @Override
    public boolean cancel() {
        return operations.cancel(id);
    }

    private Generation succeeded(Generation generation) {
        var failure = generation.failure();
        if (failure != null) {
            throw new GenerationFailedException(id.value(), failure);
        }
        return generation;
    }
}
