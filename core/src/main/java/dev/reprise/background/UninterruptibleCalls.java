package dev.reprise.background;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Runs what callers want of the store on the engine's own threads. A caller's interrupt never reaches the store (it would
 * close an embedded database for everybody); it stays set for whatever the caller does next.
 */
public final class UninterruptibleCalls {

    private final Executor threads;

    public UninterruptibleCalls(Executor threads) {
        this.threads = threads;
    }

    /** Runs an operation and waits for its end, interrupted or not. */
    public <T> T call(Supplier<T> operation) {
        CompletableFuture<T> future;
        try {
            future = CompletableFuture.supplyAsync(operation, threads);
        } catch (RejectedExecutionException e) {
            throw new ClientClosedException("use the store");
        }
        try {
            return future.join(); // join does not end on an interrupt, and keeps it set
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                cause.addSuppressed(new IllegalStateException("called from here"));
                throw cause;
            }
            throw StoreException.lasting("the store failed", e.getCause() == null ? e : e.getCause());
        }
    }

    /** Runs an operation and waits for its end, interrupted or not. */
    public void run(Runnable operation) {
        call(() -> {
            operation.run();
            return true;
        });
    }
}
