package dev.reprise.storage.memory;

import dev.reprise.store.TaskEnd;
import dev.reprise.store.rules.TaskRules;
import java.util.List;

/** Fails tasks whose deadline has come while nobody had them. Guarded by the store's lock. */
final class DeadlineLook {

    private static final int MOST_AT_ONCE = 500;

    private DeadlineLook() {}

    static List<TaskEnd> expire(Tx tx) {
        var writer = new TaskWriter(tx);
        tx.tasks()
                .indexes()
                .queues()
                .deadlines()
                .until(tx.now())
                .limit(MOST_AT_ONCE)
                .forEach(task -> writer.change(task, TaskRules.deadlinePassed(task.facts())));
        return writer.finish();
    }
}
