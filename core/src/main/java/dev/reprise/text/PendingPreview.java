package dev.reprise.text;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.CancelReason;
import dev.reprise.generation.Preview;
import java.util.concurrent.CompletableFuture;

/** A preview to come; cancelling it reaches the call. */
final class PendingPreview extends CompletableFuture<Preview> {

    private final ActiveCall call;

    PendingPreview(ActiveCall call) {
        this.call = call;
    }

    ActiveCall call() {
        return call;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        // First, or the call that is cut off might end the future in another way.
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        call.cancel(CancelReason.APP);
        return cancelled;
    }
}
