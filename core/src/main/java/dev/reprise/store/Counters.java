package dev.reprise.store;

/**
 * What has happened to a task, over all its claims of the present run.
 *
 * @param attempts claims that were not handed back unsent; the number of the latest attempt
 * @param failures attempts that failed and count towards the retry schedule
 * @param crashes attempts whose runner died
 * @param parameterRetries attempts repeated without parameters that the provider refused
 * @param turnContinuations attempts that went on with a turn which the provider had paused
 */
public record Counters(int attempts, int failures, int crashes, int parameterRetries, int turnContinuations) {

    /** Nothing yet. */
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0);

    /** After a claim. */
    public Counters claimed() {
        return new Counters(attempts + 1, failures, crashes, parameterRetries, turnContinuations);
    }

    /** After a claim has been handed back unsent. */
    public Counters handedBack() {
        return new Counters(attempts - 1, failures, crashes, parameterRetries, turnContinuations);
    }

    /** After the runner died. */
    public Counters crashed() {
        return new Counters(attempts, failures, crashes + 1, parameterRetries, turnContinuations);
    }

    /** After an attempt that counts as this. */
    public Counters plus(Counted counted) {
        return switch (counted) {
            case NOTHING -> this;
            case FAILURE -> new Counters(attempts, failures + 1, crashes, parameterRetries, turnContinuations);
            case PARAMETER_RETRY -> new Counters(attempts, failures, crashes, parameterRetries + 1, turnContinuations);
            case TURN_CONTINUATION ->
                new Counters(attempts, failures, crashes, parameterRetries, turnContinuations + 1);
        };
    }

    /** What an attempt's outcome counts as. */
    public enum Counted {

        /** Nothing: it succeeded or was cancelled. */
        NOTHING,

        /** A failure of the retry schedule. */
        FAILURE,

        /** It is repeated without parameters that were refused. */
        PARAMETER_RETRY,

        /** It goes on after a pause. */
        TURN_CONTINUATION
    }
}
