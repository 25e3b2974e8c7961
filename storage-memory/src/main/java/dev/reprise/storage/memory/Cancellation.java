package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Cancelled;
import dev.reprise.store.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How tasks are cancelled and deleted. Guarded by the store's lock. */
final class Cancellation {

    private final Tables tables;
    private final Transitions transitions;
    private final Endings endings;

    Cancellation(Tables tables, Transitions transitions, Endings endings) {
        this.tables = tables;
        this.transitions = transitions;
        this.endings = endings;
    }

    /** Cancels those of some tasks that have not ended. */
    Cancelled cancel(List<Task> tasks, Instant now) {
        var ended = new ArrayList<Task>();
        for (Task task : tasks) {
            if (!task.state().isTerminal()) {
                var runner = task.runner();
                if (runner != null) {
                    task.endClaim(EndedClaim.taken(task, runner, AttemptOutcome.CANCELLED, now));
                }
                transitions.end(task, TaskState.CANCELLED, null, now);
                ended.add(task);
            }
        }
        List<TaskRef> refs = ended.stream().map(Task::ref).toList();
        endings.spread(ended, now);
        return new Cancelled(refs);
    }

    /** Cancels a task when it has not ended, and deletes it. */
    Cancelled delete(Task task, Instant now) {
        var cancelled = cancel(List.of(task), now);
        tables.delete(task);
        return cancelled;
    }
}
