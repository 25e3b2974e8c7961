package dev.reprise.provider.wire;

import dev.reprise.provider.CallControl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A call's limits and cancellation, in the hands of a test. */
public final class TestControl implements CallControl {

    private final Duration timeout;
    private final Duration idleTimeout;
    private final List<String> deltas = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private @Nullable Runnable action;
    private boolean cancelled;

    public TestControl() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    public TestControl(Duration timeout, Duration idleTimeout) {
        this.timeout = timeout;
        this.idleTimeout = idleTimeout;
    }

    public static TestControl within(Duration timeout) {
        return new TestControl(timeout, timeout);
    }

    public void cancel() {
        Runnable registered;
        synchronized (lock) {
            cancelled = true;
            registered = action;
        }
        if (registered != null) {
            registered.run();
        }
    }

    public List<String> deltas() {
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
        boolean now;
        synchronized (lock) {
            action = cutOff;
            now = cancelled;
        }
        if (now) {
            cutOff.run();
        }
    }

    @Override
    public boolean cancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    @Override
    public void text(String delta) {
        deltas.add(delta);
    }
}
