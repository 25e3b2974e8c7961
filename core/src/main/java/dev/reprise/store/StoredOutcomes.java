package dev.reprise.store;

import java.util.List;

/**
 * What became of outcomes.
 *
 * @param receipts one for each outcome, in order
 * @param ends all that has ended now: the outcomes' own tasks, and what followed from their ends. An outcome whose answer
 *     was lost brings none when it is stored again
 */
public record StoredOutcomes(List<OutcomeReceipt> receipts, List<TaskEnd> ends) {

    /** Copies the lists. */
    public StoredOutcomes {
        receipts = List.copyOf(receipts);
        ends = List.copyOf(ends);
    }
}
