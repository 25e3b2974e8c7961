package dev.reprise.testkit;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A time source whose time moves only when it is told to, so that hours of waiting pass in milliseconds and always in
 * the same order.
 *
 * <p>{@link #advance} and {@link #runUntil} go from timer to timer. Before each they wait, in real time, until no work
 * is under way that was given to an executor of {@link #tracking}; work that {@linkplain #sleep sleeps} here is not
 * under way. Then they set the time to when the next timer is due and fire it, on the thread that called them. Timers
 * due at the same time fire in the order they were set. Nothing fires unless one of these two is called, not even a
 * timer without delay; {@code advance(Duration.ZERO)} fires what is due.
 *
 * <p>Work outside tracking executors is not waited for. An executor that is tracked needs a free thread for new work
 * while other work sleeps: work that waits for a thread is under way, and keeps time from moving.
 *
 * <p>Thread-safe; when two threads move the time, one goes after the other.
 */
public final class VirtualClock implements TimeSource {

    /** How long tracked work may take, in real time, to come to rest when nothing is said. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    private final Instant start;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock moving = new ReentrantLock();
    private final VirtualTimers timers = new VirtualTimers(lock);
    private final TrackedWork tracked = new TrackedWork(lock);
    private volatile long now;

    private VirtualClock(Instant start, Duration patience) {
        this.start = start;
        this.patience = patience;
    }

    /** A clock that stands at an instant, with a patience of 30 s of real time. */
    public static VirtualClock startingAt(Instant start) {
        return startingAt(start, DEFAULT_PATIENCE);
    }

    /**
     * A clock that stands at an instant.
     *
     * @param patience how long tracked work may take, in real time, to come to rest before {@link #advance} gives up
     */
    public static VirtualClock startingAt(Instant start, Duration patience) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience must be positive: " + patience);
        }
        return new VirtualClock(start, patience);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(now);
    }

    /** The virtual time since the start. */
    @Override
    public long nanoTime() {
        return now;
    }

    /** {@inheritDoc} The action runs on the thread that moves the time, which an exception of it reaches. */
    @Override
    public Timer schedule(Duration delay, Runnable action) {
        return timers.set(VirtualTimers.later(now, delay), action);
    }

    /** {@inheritDoc} A task counts from when it is given to the executor until it has finished. */
    @Override
    public Executor tracking(Executor executor) {
        return tracked.tracking(executor);
    }

    /** How many timers are set. */
    public int timers() {
        return timers.size();
    }

    /**
     * Moves time on, firing each timer that comes due at its time, and returns when all is at rest.
     *
     * @param by how far; zero fires what is due now
     * @throws AssertionError when tracked work does not come to rest within the patience; says where its threads stand
     * @throws IllegalStateException when called by a timer's action or by tracked work, or interrupted
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time must not go back: " + by);
        }
        move(by, () -> false);
    }

    /**
     * Moves time on from timer to timer until something is so, looking each time all is at rest.
     *
     * @param done what must become so, checked on the calling thread
     * @param limit how much virtual time may pass
     * @throws AssertionError when it is not so by then, or no timer is set that could change anything, or tracked work
     *     does not come to rest
     * @throws IllegalStateException when called by a timer's action or by tracked work, or interrupted
     */
    public void runUntil(BooleanSupplier done, Duration limit) {
        var from = instant();
        if (!move(limit, done)) {
            throw new AssertionError(
                    "not done after " + limit + " of virtual time, from " + from + "; timers still set: " + timers());
        }
    }

    /**
     * Moves time on from timer to timer until a future is done.
     *
     * @param limit how much virtual time may pass
     * @return the future's value
     * @throws java.util.concurrent.CompletionException when the future failed, as {@link CompletableFuture#join}
     * @throws AssertionError as {@link #runUntil(BooleanSupplier, Duration)}
     */
    public <T> T runUntil(CompletableFuture<T> future, Duration limit) {
        runUntil(future::isDone, limit);
        return future.join();
    }

    /**
     * Blocks the calling thread until virtual time has passed; somebody else has to move it.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public void sleep(Duration duration) throws InterruptedException {
        gate().await(duration);
    }

    /** A new gate at which the time of this clock passes. */
    Gate gate() {
        return new VirtualGate(lock, tracked, this::setSleeper);
    }

    private Timer setSleeper(Duration delay, Runnable wakeUp) {
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("a timer's action must not sleep: it would wait for itself");
        }
        return schedule(delay, wakeUp);
    }

    private boolean move(Duration by, BooleanSupplier done) {
        if (moving.isHeldByCurrentThread() || tracked.current() != null) {
            throw new IllegalStateException("time cannot be moved by a timer's action or by tracked work");
        }
        moving.lock();
        try {
            long target = VirtualTimers.later(now, by);
            while (true) {
                rest();
                if (done.getAsBoolean()) {
                    return true;
                }
                var timer = next(target);
                if (timer == null) {
                    return done.getAsBoolean();
                }
                timer.action().run();
            }
        } finally {
            moving.unlock();
        }
    }

    private void rest() {
        lock.lock();
        try {
            tracked.awaitCalm(patience);
        } finally {
            lock.unlock();
        }
    }

    private VirtualTimers.@Nullable Entry next(long target) {
        lock.lock();
        try {
            tracked.awaitCalm(patience);
            var timer = timers.pollDue(target);
            now = timer == null ? target : Math.max(now, timer.due());
            return timer;
        } finally {
            lock.unlock();
        }
    }
}
