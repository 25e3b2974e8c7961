package dev.reprise.storage.jdbc;

/**
 * What a task's batch has to be locked for when the task changes; stored on the task, so that the tasks of batches without
 * such rules never touch their batch.
 *
 * @param bits the sum of what applies
 */
record Gate(int bits) {

    static final Gate NONE = new Gate(0);

    private static final int LIMITED = 1;
    private static final int STOPS = 2;

    static Gate of(boolean limited, boolean stops) {
        return new Gate((limited ? LIMITED : 0) + (stops ? STOPS : 0));
    }

    /** Whether only some of the batch's tasks may be under way at once. */
    boolean limited() {
        return (bits & LIMITED) != 0;
    }

    /** Whether a failure ends the batch. */
    boolean stops() {
        return (bits & STOPS) != 0;
    }
}
