package dev.reprise.attempt;

import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskOutcome;
import java.util.function.Consumer;

/**
 * How an attempt is concluded; still to be stored.
 *
 * @param claim the claim it belongs to
 * @param outcome what to store
 * @param announcement what to tell the app once it is stored
 */
public record Conclusion(Claim claim, TaskOutcome outcome, Consumer<OutcomeReceipt> announcement) {

    /** How many bytes of payload there are to store. */
    public long size() {
        var attempt = outcome.attempt();
        long detail = attempt == null || attempt.detail() == null
                ? 0
                : attempt.detail().size();
        return outcome.next() instanceof TaskOutcome.Next.Finish finish
                ? detail + finish.result().size()
                : detail;
    }
}
