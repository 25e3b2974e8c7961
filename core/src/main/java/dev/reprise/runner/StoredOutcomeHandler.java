package dev.reprise.runner;

import dev.reprise.background.Drain;
import dev.reprise.identity.GenerationId;
import dev.reprise.listening.CompletionNotifier;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on after outcomes have been stored: frees their slots, sets the alarm for what comes again, and tells of the ends.
 *
 * @param inFlight the slots
 * @param poller brings in what comes next
 * @param notifier tells of the ends
 * @param drain may be over
 */
record StoredOutcomeHandler(InFlight inFlight, Poller poller, CompletionNotifier notifier, Drain drain)
        implements Consumer<List<OutcomeQueue.Stored>> {

    private static final Logger LOG = LoggerFactory.getLogger(StoredOutcomeHandler.class);

    @Override
    public void accept(List<OutcomeQueue.Stored> group) {
        var ended = new HashMap<GenerationId, TaskRow>();
        inFlight.removeAll(
                group.stream().map(stored -> stored.conclusion().claim()).toList());
        for (var stored : group) {
            try {
                accept(stored, ended);
            } catch (Throwable e) { // it is stored, and so are the others
                LOG.warn("telling of a stored outcome failed", e);
            }
        }
        poller.slotsFreed();
        notifier.announce(ended);
        drain.check();
    }

    private void accept(OutcomeQueue.Stored stored, Map<GenerationId, TaskRow> ended) {
        var claim = stored.conclusion().claim();
        var next = stored.conclusion().outcome().next();
        if (next instanceof Next.Finish) {
            ended.put(claim.ref().id(), claim.task().row());
        } else if (next instanceof Next.Retry retry) {
            poller.dueIn(retry.delay());
        }
        if (stored.receipt() == OutcomeReceipt.FENCED) {
            LOG.info(
                    "generation {} has moved on; epoch {} came too late",
                    claim.ref().id(),
                    claim.ref().epoch());
        }
        stored.conclusion().announcement().accept(stored.receipt());
    }
}
