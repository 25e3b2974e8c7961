package dev.reprise;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** What the handles need of futures. */
final class Futures {

    private Futures() {}

    /**
     * Completes a future as another one ends; cancelling it leaves the other as it is.
     *
     * @param threads where it is completed with a problem, which could come from any thread
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it says no more than the one that is completed
    static <T> CompletableFuture<T> complete(CompletableFuture<T> future, CompletableFuture<T> as, Executor threads) {
        as.exceptionallyComposeAsync(CompletableFuture::failedFuture, threads).whenComplete((value, problem) -> {
            if (problem == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(cause(problem));
            }
        });
        return future;
    }

    private static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}
