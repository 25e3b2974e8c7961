package dev.reprise.runner;

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
final class ActiveCall implements CallControl {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveCall.class);

    private final @Nullable AttemptId attempt;
    private final Consumer<String> deltas;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> actions = new ArrayList<>();
    private volatile @Nullable Cut cut;
    private volatile Duration timeout = Duration.ZERO;
    private volatile Duration idleTimeout = Duration.ZERO;

    /**
     * A call to come.
     *
     * @param attempt which attempt it is, or null when it is none
     * @param deltas takes streamed text
     */
    ActiveCall(@Nullable AttemptId attempt, Consumer<String> deltas) {
        this.attempt = attempt;
        this.deltas = deltas;
    }

    /** Why a call was cut off. */
    enum Cut {
        /** The app cancelled the generation. */
        APP,
        /** The attempt took too long. */
        TIMEOUT,
        /** The generation's deadline has come. */
        DEADLINE,
        /** The client closes. */
        CLOSING,
        /** The task is not this runner's any more. */
        LOST
    }

    /** Sets the limits, before the call is made. */
    void limit(Duration wholeCall, Duration silence) {
        timeout = wholeCall;
        idleTimeout = silence;
    }

    /** Cuts the call off, unless it was already. */
    void cut(Cut reason) {
        List<Runnable> due;
        lock.lock();
        try {
            if (cut != null) {
                return;
            }
            cut = reason;
            due = List.copyOf(actions);
            actions.clear();
        } finally {
            lock.unlock();
        }
        due.forEach(ActiveCall::runQuietly);
    }

    /** Why the call was cut off, or null when it was not. */
    @Nullable
    Cut reason() {
        return cut;
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
            if (cut == null) {
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
        return cut != null;
    }

    @Override
    public void text(String delta) {
        if (!delta.isEmpty() && cut == null) {
            deltas.accept(delta);
        }
    }

    @Override
    public @Nullable AttemptId attempt() {
        return attempt;
    }

    private static void runQuietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("cutting off a call failed", e);
        }
    }
}
