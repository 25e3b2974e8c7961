package dev.reprise;

import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.runner.Engine;
import dev.reprise.runner.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of one generation. */
record SingleHandle(Engine engine, GenerationOperations operations, GenerationId id) implements GenerationHandle {

    @Override
    public Generation await() {
        return Waiting.await(future(), "generation " + id, null);
    }

    @Override
    public Generation await(Duration patience) {
        return Waiting.await(future(), "generation " + id, patience);
    }

    @Override
    public CompletableFuture<Generation> future() {
        // What the app does with the future must not run on the threads that talk to the store.
        return engine.ended(id).thenApplyAsync(state -> ended(), engine.callThreads());
    }

    @Override
    public Generation now() {
        return operations.get(id).orElseThrow(() -> new NotFoundException("generation", id.value()));
    }

    @Override
    public boolean cancel() {
        return operations.cancel(id);
    }

    private Generation ended() {
        var generation = now();
        var failure = generation.failure();
        if (failure != null) {
            throw new GenerationFailedException(id.value(), failure);
        }
        return generation;
    }
}
