package dev.reprise.runner;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.StoreException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Reads that outlast a store that is away for a while: what fails in a way that passes is read again at the next poll.
 * Waiting holds no thread.
 */
final class PatientReads {

    private final Executor threads;
    private final Set<Pending<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param threads where reads are repeated; they may block */
    PatientReads(Executor threads) {
        this.threads = threads;
    }

    private record Pending<T>(Supplier<T> read, CompletableFuture<T> result) {}

    /** Reads at once on the caller's thread, and elsewhere until the store answers. */
    <T> CompletableFuture<T> read(Supplier<T> read) {
        var reading = new Pending<>(read, new CompletableFuture<T>());
        attempt(reading);
        return reading.result;
    }

    /** Reads again what could not be read. */
    void again() {
        for (Pending<?> reading : List.copyOf(pending)) {
            if (pending.remove(reading) && !reading.result.isDone()) {
                try {
                    threads.execute(() -> attempt(reading));
                } catch (RejectedExecutionException e) {
                    end(reading);
                }
            }
        }
    }

    /** Ends all waiting, because the client closes. */
    void close() {
        closed = true;
        pending.forEach(PatientReads::end);
        pending.clear();
    }

    private <T> void attempt(Pending<T> reading) {
        try {
            reading.result.complete(reading.read.get());
        } catch (StoreException e) {
            if (e.passing()) {
                pending.add(reading);
                if (closed) {
                    end(reading);
                }
            } else {
                reading.result.completeExceptionally(e);
            }
        } catch (RuntimeException e) {
            reading.result.completeExceptionally(e);
        }
    }

    private static void end(Pending<?> reading) {
        reading.result.completeExceptionally(new ClientClosedException("await"));
    }
}
