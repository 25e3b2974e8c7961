package dev.reprise.runner;

import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.retry.RetrySchedule;
import java.time.Duration;

/**
 * How one engine works.
 *
 * @param name for people: which process this is
 * @param workers how many generations it works on at once, or 0 when it only submits and reads
 * @param schedule the waits between attempts
 * @param diversity how variations are told apart where the temperature cannot be sent
 * @param guard asked before each call
 * @param limits the time limits of calls and of closing
 * @param pace how often the engine looks, and how long it counts as alive
 */
public record EngineSettings(
        String name, int workers, RetrySchedule schedule, Diversity diversity, Guard guard, Limits limits, Pace pace) {

    /** How many runners may die on a task before it fails. */
    static final int CRASH_CAP = 10;

    /** How long closing waits for calls to end that it has cut off. */
    static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** Whether this engine runs tasks. */
    boolean runsTasks() {
        return workers > 0;
    }

    /**
     * The time limits of calls and of closing.
     *
     * @param attempt for one provider call, unless the request says otherwise
     * @param idle for the silence between two events of a stream
     * @param drain for what is under way when the client closes
     */
    public record Limits(Duration attempt, Duration idle, Duration drain) {}

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
