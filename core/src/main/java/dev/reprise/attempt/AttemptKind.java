package dev.reprise.attempt;

import dev.reprise.store.ClaimedTask;

/**
 * How attempts of one kind of work are made. An attempt goes through four steps: it is prepared at its claim, called,
 * judged, and concluded. The first three are the kind's; the conclusion (what is stored, whether it is tried again, what
 * is announced) is the same for all. Thread-safe.
 */
public interface AttemptKind {

    /**
     * Prepares an attempt from what is stored, before anybody is asked to admit it.
     *
     * @param task the task, as claimed
     * @return the call to make, or why none is made
     */
    Preparation prepare(ClaimedTask task);
}
