package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners which generations have ended, as the store shows them.
 *
 * @param store where they are read
 * @param announcer tells the listeners
 */
record EndAnnouncements(TaskStore store, Announcer announcer) {

    private static final Logger LOG = LoggerFactory.getLogger(EndAnnouncements.class);

    /** Announces those that have ended; what goes wrong is logged, since the outcomes are stored. */
    void announce(Map<GenerationId, Claim> ended) {
        if (!announcer.heard() || ended.isEmpty()) {
            return;
        }
        try {
            for (var task : store.find(Scope.ALL, ended.keySet())) {
                var generation = GenerationReader.read(task);
                var claim = ended.get(generation.id());
                if (claim != null && generation.state().isTerminal()) {
                    announcer.announce(new GenerationEvent.Finished(AttemptRunner.slot(claim), generation));
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("no listener was told of the end of {}: it could not be read again", ended.keySet(), e);
        }
    }
}
