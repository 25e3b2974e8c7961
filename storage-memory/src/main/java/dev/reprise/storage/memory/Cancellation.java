package dev.reprise.storage.memory;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Cancelled;
import dev.reprise.store.Level;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.TaskRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends tasks by the app's will. Guarded by the store's lock. */
final class Cancellation {

    private Cancellation() {}

    static Optional<Cancelled> cancel(Tx tx, Scope scope, GenerationId id) {
        return Optional.ofNullable(tx.tasks().find(scope, id)).map(task -> cancel(tx, List.of(task)));
    }

    static Optional<Cancelled> cancel(Tx tx, Scope scope, BatchId id) {
        var tasks = BatchReader.tasks(tx, scope, id);
        return tasks.isEmpty() ? Optional.empty() : Optional.of(cancel(tx, tasks));
    }

    private static Cancelled cancel(Tx tx, List<TaskEntry> tasks) {
        var writer = new TaskWriter(tx);
        var cancelled = new ArrayList<TaskRef>();
        for (TaskEntry task : tasks) {
            if (writer.change(task, TaskRules.cancelled(task.facts()))) {
                cancelled.add(task.ref());
            }
        }
        return new Cancelled(cancelled, writer.finish());
    }

    /** Cancels a task when it has not ended, and deletes it. */
    static Optional<Cancelled> delete(Tx tx, Scope scope, GenerationId id) {
        return Optional.ofNullable(tx.tasks().find(scope, id)).map(task -> delete(tx, task));
    }

    private static Cancelled delete(Tx tx, TaskEntry task) {
        if (task.requiredLevel() > Level.CURRENT) {
            throw StoreException.lasting(
                    "task " + task.id() + " belongs to a newer version of this library, which alone may delete it",
                    new IllegalStateException("required level " + task.requiredLevel()));
        }
        var cancelled = cancel(tx, List.of(task));
        tx.tasks().hide(task);
        if (task.batch != null) {
            task.batch.taskDeleted();
        }
        tx.companions().all().forEach(companion -> companion.erased(task));
        return cancelled;
    }
}
