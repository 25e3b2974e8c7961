package dev.reprise.background;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs an action over and over, one run at a time, each a little later than the interval, so that
 * many processes do not look at the same moment. An action that throws is run again all the same.
 */
public final class PeriodicActions {

    private static final double JITTER = 0.1;

    private final TimeSource time;
    private final RandomGenerator random;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public PeriodicActions(TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** Starts an action that is run after each interval, on these threads, until {@link #stop()}. */
    public void every(Supplier<Duration> interval, Executor threads, Runnable action) {
        if (stopped.get()) {
            return;
        }
        var base = interval.get();
        var delay = base.plusNanos((long) (base.toNanos() * JITTER * random.nextDouble()));
        time.schedule(delay, () -> {
            if (!stopped.get()) {
                threads.execute(() -> runThenRepeat(interval, threads, action));
            }
        });
    }

    private void runThenRepeat(Supplier<Duration> interval, Executor threads, Runnable action) {
        if (stopped.get()) {
            return;
        }
        try {
            action.run();
        } finally {
            every(interval, threads, action);
        }
    }

    /** Ends all repetition; a run under way finishes. */
    public void stop() {
        stopped.set(true);
    }
}
