package dev.reprise.attempt;

import dev.reprise.provider.ProviderReply.Again.Cause;
import dev.reprise.store.Counters;
import dev.reprise.store.Counters.Counted;

/** How often a call may be made once more at once, besides the attempts of the schedule. */
public final class RepeatLimit {

    private static final int PARAMETER_REJECTED = 8;
    private static final int PAUSED = 5;

    private RepeatLimit() {}

    /** Whether it may be made once more for this cause. */
    public static boolean allows(Cause cause, Counters soFar) {
        return switch (cause) {
            case PARAMETER_REJECTED -> soFar.parameterRetries() < PARAMETER_REJECTED;
            case PAUSED -> soFar.turnContinuations() < PAUSED;
        };
    }

    /** How the call that is made once more is counted. */
    public static Counted counted(Cause cause) {
        return switch (cause) {
            case PARAMETER_REJECTED -> Counted.PARAMETER_RETRY;
            case PAUSED -> Counted.TURN_CONTINUATION;
        };
    }
}
