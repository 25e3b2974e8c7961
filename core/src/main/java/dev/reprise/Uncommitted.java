package dev.reprise;

import dev.reprise.failure.NotCommittedException;
import dev.reprise.failure.NotFoundException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Says of what was submitted in a caller's transaction and is not in the store why it is not. */
final class Uncommitted {

    private final String what;
    private final String id;

    /**
     * @param what the kind of thing
     * @param id its id
     */
    Uncommitted(String what, String id) {
        this.what = what;
        this.id = id;
    }

    <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (NotFoundException e) {
            throw new NotCommittedException(what, id);
        }
    }

    /** Where nothing was cancelled it may be because there is nothing yet, which will run after the commit. */
    boolean cancel(BooleanSupplier cancelling, Supplier<?> reading) {
        if (cancelling.getAsBoolean()) {
            return true;
        }
        read(reading);
        return false;
    }

    /** Cancelling it cancels what is waited for. */
    @SuppressWarnings("FutureReturnValueIgnored") // they say no more than the one that is completed
    <T> CompletableFuture<T> future(Supplier<CompletableFuture<T>> waiting) {
        var inner = waiting.get();
        var future = new CompletableFuture<T>();
        inner.whenComplete((value, problem) -> {
            if (problem == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(explained(problem));
            }
        });
        future.whenComplete((value, problem) -> inner.cancel(false));
        return future;
    }

    private Throwable explained(Throwable problem) {
        return problem instanceof NotFoundException ? new NotCommittedException(what, id) : problem;
    }
}
