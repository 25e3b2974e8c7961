package dev.reprise.testkit.provider;

import dev.reprise.provider.CallControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call's limits and cancellation, in the hands of a test. */
final class TestCall implements CallControl {

    private final Duration timeout;
    private final Duration idleTimeout;
    private final List<String> deltas = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Runnable action;
    private boolean cancelled;

    TestCall(Duration timeout, Duration idleTimeout) {
        this.timeout = timeout;
        this.idleTimeout = idleTimeout;
    }

    static TestCall patient() {
        return new TestCall(Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    static TestCall within(Duration timeout) {
        return new TestCall(timeout, timeout);
    }

    void cancel() {
        Runnable registered;
        lock.lock();
        try {
            cancelled = true;
            registered = action;
        } finally {
            lock.unlock();
        }
        if (registered != null) {
            registered.run();
        }
    }

    List<String> deltas() {
        return deltas;
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
    public void onCancel(Runnable cutOff) {
        if (cancelled()) {
            cutOff.run();
            return;
        }
        lock.lock();
        try {
            action = cutOff;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean cancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void text(String delta) {
        deltas.add(delta);
    }
}
