package dev.reprise.store;

/**
 * What has happened to a task, over all its claims of the present run.
 *
 * @param attempts claims that were not handed back unsent; the number of the latest attempt
 * @param failures attempts that failed and count towards the retry schedule
 * @param crashes attempts whose runner died
 * @param repeats attempts repeated without a parameter that the provider refused
 * @param pauses attempts repeated because the provider paused
 */
public record Counters(int attempts, int failures, int crashes, int repeats, int pauses) {

    /** Nothing yet. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    /** After a claim. */
    public Counters claimed() {
        return new Counters(attempts + 1, failures, crashes, repeats, pauses);
    }

    /** After a claim has been handed back unsent. */
    public Counters handedBack() {
        return new Counters(attempts - 1, failures, crashes, repeats, pauses);
    }

    /** After the runner died. */
    public Counters crashed() {
        return new Counters(attempts, failures, crashes + 1, repeats, pauses);
    }

    /** After an attempt that is tallied so. */
    public Counters tallied(Tally tally) {
        return switch (tally) {
            case NOT_COUNTED -> this;
            case FAILURE -> new Counters(attempts, failures + 1, crashes, repeats, pauses);
            case REPEAT -> new Counters(attempts, failures, crashes, repeats + 1, pauses);
            case PAUSE -> new Counters(attempts, failures, crashes, repeats, pauses + 1);
        };
    }

    /** Which counter an attempt's outcome adds to. */
    public enum Tally {
        /** None: it succeeded or was cancelled. */
        NOT_COUNTED,
        /** It counts towards the retry schedule. */
        FAILURE,
        /** It is repeated without a parameter. */
        REPEAT,
        /** It goes on after a pause. */
        PAUSE
    }
}
