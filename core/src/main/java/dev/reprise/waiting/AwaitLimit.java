package dev.reprise.waiting;

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
import org.jspecify.annotations.Nullable;

/**
 * How long a caller's thread waits in all, however many things it waits for one after the other; and what ends the waiting,
 * as this library's exceptions.
 */
public final class AwaitLimit {

    private final String what;
    private final @Nullable Duration limit;
    private final long start = System.nanoTime();

    /**
     * Begins now.
     *
     * @param what what is waited for, for messages
     * @param limit how long, or null for ever
     */
    public AwaitLimit(String what, @Nullable Duration limit) {
        this.what = what;
        this.limit = limit;
    }

    /** Waits for a future, which it leaves as it is. */
    public <T> T await(CompletableFuture<T> future) {
        try {
            return limit == null ? future.get() : future.get(left(limit), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AwaitInterruptedException(what, e);
        } catch (TimeoutException e) {
            throw new AwaitTimeoutException(what, limit == null ? Duration.ZERO : limit);
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

    private long left(Duration limit) {
        return Math.max(0, TimeUnit.NANOSECONDS.convert(limit)) - (System.nanoTime() - start);
    }
}
