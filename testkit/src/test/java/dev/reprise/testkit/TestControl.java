package dev.reprise.testkit;

import dev.reprise.provider.CallControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A call's control as an engine has it. */
final class TestControl implements CallControl {
    final List<String> deltas = Collections.synchronizedList(new ArrayList<>());
    private final Duration timeout;
    private final Duration idleTimeout;
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    TestControl() {
        this(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    TestControl(Duration timeout, Duration idleTimeout) {
        this.timeout = timeout;
        this.idleTimeout = idleTimeout;
    }

    synchronized void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
        actions.clear();
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
    public synchronized void onCancel(Runnable action) {
        if (cancelled) {
            action.run();
        } else {
            actions.add(action);
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return cancelled;
    }

    @Override
    public void text(String delta) {
        deltas.add(delta);
    }
}
