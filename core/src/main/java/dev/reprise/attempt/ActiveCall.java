package dev.reprise.attempt;

import dev.reprise.provider.AttemptId;
import dev.reprise.provider.CallControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider call under way, and what may cut it off. Thread-safe. */
public final class ActiveCall implements CallControl {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveCall.class);

    private final @Nullable AttemptId attempt;
    private final Consumer<String> deltas;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> actions = new ArrayList<>();
    private volatile @Nullable CancelReason reason;
    private volatile Duration timeout = Duration.ZERO;
    private volatile Duration idleTimeout = Duration.ZERO;

    /**
     * A call to come.
     *
     * @param attempt which attempt it is, or null for a preview
     * @param deltas takes streamed text
     */
    public ActiveCall(@Nullable AttemptId attempt, Consumer<String> deltas) {
        this.attempt = attempt;
        this.deltas = deltas;
    }

    /** Sets the limits, before the call is made. */
    public void limit(Duration wholeCall, Duration silence) {
        timeout = wholeCall;
        idleTimeout = silence;
    }

    /** Cuts the call off, unless it was already. */
    public void cancel(CancelReason why) {
        List<Runnable> due;
        lock.lock();
        try {
            if (reason != null) {
                return;
            }
            reason = why;
            due = List.copyOf(actions);
            actions.clear();
        } finally {
            lock.unlock();
        }
        due.forEach(ActiveCall::runQuietly);
    }

    /** Why the call was cut off, or null when it was not. */
    @Nullable
    public CancelReason reason() {
        return reason;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Duration idleTimeout() {
        return idleTimeout;
    }

    @Override
    public void onCancel(Runnable action) {
        lock.lock();
        try {
            if (reason == null) {
                actions.add(action);
                return;
            }
        } finally {
            lock.unlock();
        }
        runQuietly(action);
    }

    @Override
    public boolean cancelled() {
        return reason != null;
    }

    @Override
    public void text(String delta) {
        if (!delta.isEmpty() && reason == null) {
            try {
                deltas.accept(delta);
            } catch (Throwable e) { // the text is part of the answer all the same
                LOG.warn("streamed text could not be handed on", e);
            }
        }
    }

    @Override
    public @Nullable AttemptId attempt() {
        return attempt;
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // code of the app
            LOG.warn("cutting off a call failed", e);
        }
    }
}
