package dev.reprise.background;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs actions over and over, one run of each at a time, each a little later than the interval, so that many processes do
 * not look at the same moment. An action that throws anything is run again all the same; where there is no thread or no
 * timer for it, the next one is waited for. Tells whether one of them stands still.
 */
public final class PeriodicActions {

    private static final double JITTER = 0.1;
    private static final long MOMENT_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_TRIES = 100;
    private static final Duration STILL = Duration.ofMinutes(1);
    private static final int STILL_INTERVALS = 20;

    private final TimeSource time;
    private final RandomGenerator random;
    private final List<Action> actions = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    public PeriodicActions(TimeSource time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** Starts an action that is run after each interval, on these threads, until {@link #stop()}. */
    public void every(Supplier<Duration> interval, Executor threads, Runnable action) {
        var added = new Action(interval, threads, action);
        actions.add(added);
        added.scheduleNext();
    }

    /** Whether an action has not been run for so long that it must have ended, or hangs. */
    public boolean standStill() {
        long now = time.nanoTime();
        return !stopped && actions.stream().anyMatch(action -> action.standsStill(now));
    }

    /** Ends all repetition; a run under way finishes. */
    public void stop() {
        stopped = true;
    }

    private final class Action {

        private final Supplier<Duration> interval;
        private final Executor threads;
        private final Runnable action;
        private volatile long lastNanos = time.nanoTime();
        private volatile Duration base = Duration.ZERO;

        private Action(Supplier<Duration> interval, Executor threads, Runnable action) {
            this.interval = interval;
            this.threads = threads;
            this.action = action;
        }

        private void run() {
            if (stopped) {
                return;
            }
            lastNanos = time.nanoTime();
            try {
                action.run();
            } finally {
                scheduleNext();
            }
        }

        /** Without a timer nothing would ever run it again, so this is tried for a while. */
        private void scheduleNext() {
            for (int tries = 0; !stopped && tries < MOST_TRIES; tries++) {
                try {
                    base = interval.get();
                    var delay = base.plusNanos((long) (base.toNanos() * JITTER * random.nextDouble()));
                    time.schedule(delay, this::begin);
                    return;
                } catch (Throwable e) { // most likely there is no memory
                    LockSupport.parkNanos(MOMENT_NANOS);
                }
            }
        }

        private void begin() {
            if (stopped) {
                return;
            }
            try {
                threads.execute(this::run);
            } catch (Throwable e) { // no thread now; after closing there is none any more
                scheduleNext();
            }
        }

        private boolean standsStill(long nowNanos) {
            long limit = Math.max(STILL.toNanos(), base.toNanos() * STILL_INTERVALS);
            return nowNanos - lastNanos > limit;
        }
    }
}
