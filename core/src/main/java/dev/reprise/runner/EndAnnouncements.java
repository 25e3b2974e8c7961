package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.Standing;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskTimes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait and those who listen which generations have ended, as the store shows them.
 *
 * @param store where they are read
 * @param awaits tells those who wait
 * @param announcer tells the listeners
 */
record EndAnnouncements(TaskStore store, Awaits awaits, Announcer announcer) {

    private static final Logger LOG = LoggerFactory.getLogger(EndAnnouncements.class);
    /** Each comes with its images and texts. */
    private static final int MOST_READ = 20;

    private static final int MANY = 100;

    /** Announces those that the store has ended by itself: their runners died, or their deadlines came. */
    void announce(List<GenerationId> ended) {
        announce(ended, Map.of());
    }

    /** Announces those whose outcomes have been stored. */
    void announce(Map<GenerationId, Claim> ended) {
        announce(ended.keySet(), ended);
    }

    /** What goes wrong is logged, since the ends are stored. */
    private void announce(Collection<GenerationId> ended, Map<GenerationId, Claim> claims) {
        awaits.recheck(ended);
        if (!announcer.heard() || ended.isEmpty()) {
            return;
        }
        var ids = List.copyOf(ended);
        for (int from = 0; from < ids.size(); from += MOST_READ) {
            var some = ids.subList(from, Math.min(ids.size(), from + MOST_READ));
            try {
                tell(some, claims);
            } catch (RuntimeException e) {
                LOG.warn("no listener was told of the end of {}: it could not be read again", some, e);
            }
        }
    }

    /** Whether listeners have a lot to hear before what would be announced now. */
    boolean behind() {
        return announcer.waiting() > MANY;
    }

    private void tell(List<GenerationId> ids, Map<GenerationId, Claim> claims) {
        var found = new HashSet<GenerationId>();
        for (var task : store.find(Scope.ALL, ids)) {
            found.add(task.row().id());
            if (task.row().state().isTerminal()) {
                announce(task);
            }
        }
        for (var id : ids) {
            var claim = claims.get(id);
            if (claim != null && !found.contains(id)) {
                announce(deleted(claim));
            }
        }
    }

    private void announce(StoredTask task) {
        var row = task.row();
        var slot = new GenerationEvent.Slot(
                row.id(), row.placement().batch(), row.placement().position());
        announcer.created(row.id()); // it may have ended before whoever stored it has said so
        announcer.announce(new GenerationEvent.Finished(slot, GenerationReader.read(task)));
    }

    /** What nobody can read any more has ended all the same; none of its texts is told. */
    private StoredTask deleted(Claim claim) {
        var row = claim.task().row();
        var labels = row.labels();
        var standing = row.standing();
        var times = row.times();
        var request = GenerationRequest.builder()
                .prompt("(deleted)")
                .provider(labels.provider())
                .model(labels.model())
                .build();
        var ended = new TaskRow(
                row.id(),
                row.owner(),
                labels,
                row.placement(),
                row.priority(),
                new Standing(TaskState.CANCELLED, null, standing.run(), standing.epoch(), null),
                row.counters(),
                new TaskTimes(times.createdAt(), null, times.deadlineAt(), times.claimedAt(), store.now()));
        return new StoredTask(ended, RequestCodec.encode(StoredRequest.plain(request)), null, List.of());
    }
}
