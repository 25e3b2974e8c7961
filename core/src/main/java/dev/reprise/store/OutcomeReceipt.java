package dev.reprise.store;

/** What became of an outcome. */
public enum OutcomeReceipt {

    /** It is stored: the task, its attempt, its dependents, its batch. */
    STORED,

    /** It had been stored before, by an earlier call whose answer was lost. */
    ALREADY_STORED,

    /**
     * The task has moved on: cancelled, deleted, or given to somebody else. It was not touched; the attempt has been
     * closed as CANCELLED or LATE, with its usage.
     */
    FENCED,

    /** The store cannot hold it, ever: the task has ended FAILED with {@link Reason#UNSTORABLE}. */
    UNSTORABLE
}
