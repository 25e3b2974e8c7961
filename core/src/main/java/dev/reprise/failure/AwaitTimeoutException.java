package dev.reprise.failure;

import java.time.Duration;

/** The caller's patience ended before the work did. The work goes on; await it again under its id. */
public final class AwaitTimeoutException extends RepriseException {

    private static final long serialVersionUID = 1L;

    /** Names what was awaited and for how long. */
    public AwaitTimeoutException(String what, Duration patience) {
        super(what + " is not done after " + patience);
    }
}
