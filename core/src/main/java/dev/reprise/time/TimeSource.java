package dev.reprise.time;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The engine's view of time in this process: a wall clock, a monotonic reading and timers.
 *
 * <p>Leases and due times are never decided by this clock but by the store's; it only measures how long something took
 * and wakes the engine up. Tests replace it with a virtual one. Implementations are thread-safe.
 */
public interface TimeSource extends InstantSource {

    /** A monotonic reading in nanoseconds, meaningful only as a difference, like {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Runs an action once after a delay.
     *
     * @param delay how long to wait; zero or negative means as soon as possible
     * @param action a short action that does not block; it runs on a thread of this source
     */
    Timer schedule(Duration delay, Runnable action);

    /**
     * Returns an executor that runs its work on {@code executor} and lets this source know about it. A virtual clock
     * counts the work under way, to know when time may move on; the system's time returns the executor unchanged.
     */
    default Executor tracking(Executor executor) {
        return executor;
    }

    /** The system's clocks, with one daemon thread for all timers of this process. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** A timer that has been set. */
    @FunctionalInterface
    interface Timer {

        /** Stops the timer if it has not fired yet; does nothing otherwise. */
        void cancel();
    }
}
