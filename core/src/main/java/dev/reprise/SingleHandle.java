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
import org.jspecify.annotations.Nullable;

/** A handle of one generation. */
record SingleHandle(Engine engine, GenerationOperations operations, GenerationId id) implements GenerationHandle {

    @Override
    public Generation await() {
        return ended(null);
    }

    @Override
    public Generation await(Duration patience) {
        return ended(patience);
    }

    @Override
    public CompletableFuture<Generation> future() {
        // What the app does with the future must not run on the threads that talk to the store.
        return engine.ended(id)
                .thenComposeAsync(state -> engine.patiently(this::now), engine.callbackThreads())
                .thenApply(this::succeeded);
    }

    @Override
    public Generation now() {
        return operations.get(id).orElseThrow(() -> new NotFoundException("generation", id.value()));
    }

    @Override
    public boolean cancel() {
        return operations.cancel(id);
    }

    // Read on the caller's own thread: what apps do with futures may hold up the threads that those have.
    private Generation ended(@Nullable Duration patience) {
        return succeeded(
                Waiting.await(engine.ended(id), () -> engine.patiently(this::now), "generation " + id, patience));
    }

    private Generation succeeded(Generation generation) {
        var failure = generation.failure();
        if (failure != null) {
            throw new GenerationFailedException(id.value(), failure);
        }
        return generation;
    }
}
