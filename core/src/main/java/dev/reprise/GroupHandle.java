package dev.reprise;

import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.Generation;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.BatchHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.runner.Engine;
import dev.reprise.waiting.AwaitLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A handle of one batch. */
record GroupHandle(Engine engine, GenerationOperations operations, BatchId id) implements BatchHandle {

    @Override
    public Batch await() {
        return ended(new AwaitLimit("batch " + id, null));
    }

    @Override
    public Batch await(Duration patience) {
        return ended(new AwaitLimit("batch " + id, patience));
    }

    // Read on the caller's own thread: what apps do with futures may hold up the threads that those have.
    private Batch ended(AwaitLimit limit) {
        limit.await(open(engine.readThroughOutages(this::now, limit)));
        return engine.readThroughOutages(this::now, limit);
    }

    @Override
    public CompletableFuture<Batch> future() {
        var future = new CompletableFuture<Batch>();
        return Futures.complete(
                future,
                engine.readThroughOutages(this::now, future::isDone)
                        .thenCompose(this::open)
                        .thenComposeAsync(
                                ended -> engine.readThroughOutages(this::now, future::isDone),
                                engine.callbackThreads()),
                engine.callbackThreads());
    }

    /** Ends when all has ended that has not yet. */
    private CompletableFuture<Void> open(Batch batch) {
        return CompletableFuture.allOf(batch.generations().stream()
                .filter(generation -> !generation.state().isTerminal())
                .map(Generation::id)
                .map(engine::ended)
                .map(GroupHandle::orDeleted)
                .toArray(CompletableFuture<?>[]::new));
    }

    // One that is deleted meanwhile has ended, as far as the batch is concerned.
    private static CompletableFuture<?> orDeleted(CompletableFuture<TaskState> ended) {
        return ended.exceptionallyCompose(problem -> problem instanceof NotFoundException
                ? CompletableFuture.completedFuture(TaskState.CANCELLED)
                : CompletableFuture.failedFuture(problem));
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
