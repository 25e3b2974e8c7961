package dev.reprise.testkit.store.walk;

import dev.reprise.store.BatchRow;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskRow;
import java.util.List;

/**
 * All that can be seen of a store, in as few reads as can be; what lists and counts say of it is for operations to ask.
 *
 * @param tasks all tasks with their payloads and attempts, by id
 * @param feed all batches, newest first
 */
record Look(List<StoredTask> tasks, List<BatchRow> feed) {

    private static final int MOST = 500;

    static Look at(Side side) {
        var store = side.store();
        return new Look(
                Answers.tasks(store.find(Scope.ALL, Names.TASKS)),
                store.feed(Scope.ALL, MOST, null).rows());
    }

    List<TaskRow> rows() {
        return tasks.stream().map(StoredTask::row).toList();
    }
}
