package dev.reprise.generation;

/** How an attempt ended. */
public enum AttemptOutcome {
    /** It brought the result. */
    SUCCEEDED,
    /** It failed; another may follow. */
    FAILED,
    /** The app, the deadline or a closing client cut it off. */
    CANCELLED,
    /** The process that made it died or was cut off from the store: nobody knows how it ended. */
    UNKNOWN,
    /** It ended after its task had been given to somebody else: its result was dropped, its usage counts. */
    LATE
}
