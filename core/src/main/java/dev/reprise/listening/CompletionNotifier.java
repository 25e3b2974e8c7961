package dev.reprise.listening;

import dev.reprise.codec.GenerationReader;
import dev.reprise.codec.RequestCodec;
import dev.reprise.codec.StoredRequest;
import dev.reprise.event.GenerationEvent;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskTimes;
import dev.reprise.waiting.CompletionWatcher;
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
 * @param completions tells those who wait
 * @param events tells the listeners
 */
public record CompletionNotifier(TaskStore store, CompletionWatcher completions, EventDispatcher events) {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionNotifier.class);
    /** Each comes with its images and texts. */
    private static final int MOST_READ = 20;

    private static final int MANY = 100;

    /** Announces those that the store has ended by itself: their runners died, or their deadlines came. */
    public void announce(List<TaskEnd> ended) {
        announce(ended.stream().map(TaskEnd::id).toList(), Map.of());
    }

    /** Announces those whose outcomes have been stored, with their rows as they were claimed. */
    public void announce(Map<GenerationId, TaskRow> ended) {
        announce(ended.keySet(), ended);
    }

    /** What goes wrong is logged, since the ends are stored. */
    private void announce(Collection<GenerationId> ended, Map<GenerationId, TaskRow> claimed) {
        completions.recheck(ended);
        if (!events.heard() || ended.isEmpty()) {
            return;
        }
        var ids = List.copyOf(ended);
        for (int from = 0; from < ids.size(); from += MOST_READ) {
            var some = ids.subList(from, Math.min(ids.size(), from + MOST_READ));
            try {
                tell(some, claimed);
            } catch (Throwable e) {
                LOG.warn("no listener was told of the end of {}: it could not be read again", some, e);
            }
        }
    }

    /** Whether listeners have a lot to hear before what would be announced now. */
    public boolean behind() {
        return events.waiting() > MANY;
    }

    private void tell(List<GenerationId> ids, Map<GenerationId, TaskRow> claimed) {
        var found = new HashSet<GenerationId>();
        for (var task : store.find(Scope.ALL, ids)) {
            found.add(task.row().id());
            if (task.row().state().isTerminal()) {
                announce(task);
            }
        }
        for (var id : ids) {
            var row = claimed.get(id);
            if (row != null && !found.contains(id)) {
                announce(deleted(row));
            }
        }
    }

    private void announce(StoredTask task) {
        var row = task.row();
        events.created(row.id()); // it may have ended before whoever stored it has said so
        events.announce(new GenerationEvent.Finished(EventDispatcher.slot(row), GenerationReader.read(task)));
    }

    /** What nobody can read any more has ended all the same; none of its texts is told. */
    private StoredTask deleted(TaskRow row) {
        var labels = row.labels();
        var status = row.status();
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
                new TaskStatus(TaskState.CANCELLED, null, null, status.run(), status.epoch(), null),
                row.counters(),
                new TaskTimes(times.createdAt(), null, times.deadlineAt(), times.claimedAt(), store.now()));
        return new StoredTask(ended, RequestCodec.encode(StoredRequest.plain(request)), null, List.of());
    }
}
