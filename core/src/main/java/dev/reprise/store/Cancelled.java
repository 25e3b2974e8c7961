package dev.reprise.store;

import java.util.List;

/**
 * What a cancellation did.
 *
 * @param cancelled tasks that had not ended and are CANCELLED now, each under its latest claim; a runner that is running
 *     one learns of it at its next beat, or at once in the same process
 * @param ends all that has ended: these, and what followed from their ends
 */
public record Cancelled(List<TaskRef> cancelled, List<TaskEnd> ends) {

    /** Copies the lists. */
    public Cancelled {
        cancelled = List.copyOf(cancelled);
        ends = List.copyOf(ends);
    }
}
