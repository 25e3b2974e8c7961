package dev.reprise.waiting;

import dev.reprise.background.Problems;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads that outlast a store that is away for a while: what fails in a way that passes is read again after the next poll,
 * for as long as somebody waits for it. Waiting for a future of it holds no thread.
 */
public final class RetryingReads {

    private static final String READ = "reading for those who wait";

    private final Problems problems;
    private final AtomicReference<@Nullable CompletableFuture<Void>> nextPoll = new AtomicReference<>();
    /** How many reads wait for the next poll, or are made again. */
    private final AtomicInteger waiting = new AtomicInteger();

    private volatile boolean closed;

    public RetryingReads(Problems problems) {
        this.problems = problems;
    }

    /** Reads on this thread until the store answers or the time is up. */
    public <T> T read(Supplier<T> read, AwaitLimit limit) {
        int waits = 0;
        try {
            while (true) {
                try {
                    return read.get();
                } catch (StoreException e) {
                    if (!e.passing()) {
                        throw e;
                    }
                    waits++;
                    limit.await(afterPoll(e));
                }
            }
        } finally {
            waiting.addAndGet(-waits);
        }
    }

    /**
     * Reads on this thread, and when the store does not answer on others until it does.
     *
     * @param abandoned whether nobody waits any more
     */
    public <T> CompletableFuture<T> future(Supplier<T> read, Executor threads, BooleanSupplier abandoned) {
        try {
            if (abandoned.getAsBoolean()) {
                return CompletableFuture.failedFuture(new CancellationException());
            }
            return CompletableFuture.completedFuture(read.get());
        } catch (StoreException e) {
            return e.passing()
                    ? afterPoll(e).thenComposeAsync(ignored -> again(read, threads, abandoned), threads)
                    : CompletableFuture.failedFuture(e);
        } catch (Throwable e) { // whoever waits must be told
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<T> again(Supplier<T> read, Executor threads, BooleanSupplier abandoned) {
        try {
            return future(read, threads, abandoned);
        } finally {
            waiting.decrementAndGet(); // after the next wait, if there is one, has begun
        }
    }

    /** The time has come to read again what could not be read. */
    public void poll() {
        if (waiting.get() == 0) {
            problems.succeeded(READ); // or nobody waits any more
        }
        var reads = nextPoll.getAndSet(null);
        if (reads != null) {
            reads.complete(null);
        }
    }

    /** Ends all waiting, because the client closes. */
    public void close() {
        closed = true;
        var reads = nextPoll.getAndSet(null);
        if (reads != null) {
            reads.completeExceptionally(new ClientClosedException("await"));
        }
    }

    private CompletableFuture<Void> afterPoll(StoreException failure) {
        waiting.incrementAndGet();
        problems.failed(READ, failure);
        var next = new CompletableFuture<Void>();
        while (!nextPoll.compareAndSet(null, next)) {
            var reads = nextPoll.get();
            if (reads != null) {
                return reads;
            }
        }
        if (closed) {
            close();
        }
        return next;
    }
}
