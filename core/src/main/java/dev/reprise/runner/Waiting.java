package dev.reprise.runner;

import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.RepriseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a future on the caller's thread, and turns what ends the waiting into this library's exceptions. */
public final class Waiting {

    private Waiting() {}

    /**
     * Waits.
     *
     * @param what what is waited for, for messages
     * @param patience how long, or null for ever
     */
    public static <T> T await(CompletableFuture<T> future, String what, @Nullable Duration patience) {
        return await(future, what, patience, 0);
    }

    /**
     * Waits for one thing and then for another.
     *
     * @param then what to begin on this thread, and to wait for, once the first is done
     * @param what what is waited for, for messages
     * @param patience how long for both, or null for ever
     */
    public static <T> T await(
            CompletableFuture<?> first, Supplier<CompletableFuture<T>> then, String what, @Nullable Duration patience) {
        long start = System.nanoTime();
        await(first, what, patience, 0);
        return await(then.get(), what, patience, System.nanoTime() - start);
    }

    private static <T> T await(
            CompletableFuture<T> future, String what, @Nullable Duration patience, long waitedNanos) {
        try {
            return patience == null
                    ? future.get()
                    : future.get(TimeUnit.NANOSECONDS.convert(patience) - waitedNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwaitInterruptedException(what, e);
        } catch (TimeoutException e) {
            throw new AwaitTimeoutException(what, patience == null ? Duration.ZERO : patience);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RepriseException known) {
                throw known;
            }
            if (e.getCause() instanceof RejectedExecutionException) {
                throw new ClientClosedException("await " + what);
            }
            throw new IllegalStateException("waiting for " + what + " failed", e.getCause());
        }
    }
}
