package dev.reprise;

import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.BatchHandle;
import dev.reprise.generation.Generation;
import dev.reprise.identity.BatchId;
import dev.reprise.runner.Engine;
import dev.reprise.runner.Waiting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of one batch. */
record GroupHandle(Engine engine, GenerationOperations operations, BatchId id) implements BatchHandle {

    @Override
    public Batch await() {
        return Waiting.await(future(), "batch " + id, null);
    }

    @Override
    public Batch await(Duration patience) {
        return Waiting.await(future(), "batch " + id, patience);
    }

    @Override
    public CompletableFuture<Batch> future() {
        var open = now().generations().stream()
                .filter(generation -> !generation.state().isTerminal())
                .map(Generation::id)
                .map(engine::ended)
                // One that is deleted meanwhile has ended, as far as the batch is concerned.
                .map(ended -> ended.handle((state, problem) -> problem instanceof NotFoundException ? null : problem))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(open)
                .thenApplyAsync(
                        ignored -> {
                            for (CompletableFuture<?> ended : open) {
                                if (ended.join() instanceof RuntimeException problem) {
                                    throw problem;
                                }
                            }
                            return now();
                        },
                        engine.callThreads());
    }

    @Override
    public Batch now() {
        return operations.batch(id).orElseThrow(() -> new NotFoundException("batch", id.value()));
    }

    @Override
    public boolean cancel() {
        return operations.cancel(id);
    }
}
