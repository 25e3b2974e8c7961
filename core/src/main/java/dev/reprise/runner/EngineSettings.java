package dev.reprise.runner;

import dev.reprise.attempt.CallSettings;
import dev.reprise.retry.RetrySchedule;
import java.time.Duration;

/**
 * How one engine works.
 *
 * @param name for people: which process this is
 * @param workers how many generations it works on at once, or 0 when it only submits and reads
 * @param schedule the waits between attempts
 * @param maxRetryAfter the longest wait that a provider may ask for
 * @param calls how calls are made
 * @param drain how long closing waits for what is under way
 * @param pace how often the engine looks, and how long it counts as alive
 */
public record EngineSettings(
        String name,
        int workers,
        RetrySchedule schedule,
        Duration maxRetryAfter,
        CallSettings calls,
        Duration drain,
        Pace pace) {

    /** How many runners may die on a task before it fails. */
    static final int CRASH_CAP = 10;

    /** Whether this engine runs tasks. */
    boolean runsTasks() {
        return workers > 0;
    }

    /**
     * How often the engine looks, and how long it counts as alive.
     *
     * @param beat between two beats
     * @param lease how long it counts as alive after a beat
     * @param poll between two looks for due and ready work, when nothing wakes it before
     */
    public record Pace(Duration beat, Duration lease, Duration poll) {

        /** A beat and a look each second, a lease of 30 seconds. */
        public static final Pace DEFAULT =
                new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1));
    }
}
