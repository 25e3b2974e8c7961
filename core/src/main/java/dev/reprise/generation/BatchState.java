package dev.reprise.generation;

/** Where a batch stands, told from the states of its tasks. */
public enum BatchState {
    /** Nothing of it has been started. */
    PENDING,
    /** Some of it has been started, not all of it has ended. */
    RUNNING,
    /** Held back by the app; what was running finishes. */
    PAUSED,
    /** All of it succeeded. */
    SUCCEEDED,
    /** All of it has ended; some succeeded, some did not. */
    PARTLY_FAILED,
    /** All of it has ended; none succeeded and some failed. */
    FAILED,
    /** All of it has ended; none succeeded, some was cancelled and nothing failed. */
    CANCELLED;

    /** Whether nothing more happens to a batch in this state. */
    public boolean isTerminal() {
        return switch (this) {
            case PENDING, RUNNING, PAUSED -> false;
            case SUCCEEDED, PARTLY_FAILED, FAILED, CANCELLED -> true;
        };
    }
}
