package dev.reprise.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs things at the same moment, each on a thread of its own. */
final class Together {

    private static final int SECONDS = 100;

    private Together() {}

    /** Calls all at once, and returns what they returned, in order. */
    static <T> List<T> call(List<Callable<T>> calls) {
        var start = new CyclicBarrier(calls.size());
        var threads = Executors.newFixedThreadPool(calls.size());
        try {
            var futures = new ArrayList<Future<T>>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get(SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("one of the threads failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            // Stores must not be interrupted in their work: an embedded database may close its files.
            threads.shutdown();
        }
    }
}
