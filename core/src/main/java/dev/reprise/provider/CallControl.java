package dev.reprise.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a provider call must obey, and where its streamed text goes. Thread-safe. */
public interface CallControl {

    /** How long the whole call may take: the attempt's timeout, or less when the generation's deadline comes first. */
    Duration timeout();

    /** How long a stream may be silent between two events. */
    Duration idleTimeout();

    /**
     * Registers what cuts the call off, for instance closing its connection. Runs at most once, on another thread; at
     * once when the call has been cancelled already.
     */
    void onCancel(Runnable action);

    /** Whether the call has been cancelled. */
    boolean cancelled();

    /**
     * Takes a piece of streamed text. Never blocks for long: when nobody reads, pieces are dropped.
     *
     * @param delta the next piece; not empty
     */
    void text(String delta);

    /** Which attempt the call is, or null for a call that is never stored, such as a preview. */
    default @Nullable AttemptId attempt() {
        return null;
    }
}
