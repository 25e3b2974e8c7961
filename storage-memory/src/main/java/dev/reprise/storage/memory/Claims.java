package dev.reprise.storage.memory;

import dev.reprise.store.ClaimedTask;
import dev.reprise.store.rules.Orders;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How tasks come to a runner. Guarded by the store's lock. */
final class Claims {

    /** The order of claims. */
    static final Comparator<TaskEntry> ORDER = Comparator.comparing(TaskEntry::place, Orders.CLAIMS);

    private Claims() {}

    /** Claims the next few, for a runner that is alive. */
    static List<ClaimedTask> claim(Tx tx, RunnerEntry runner, int limit) {
        return runner.isAlive() ? take(tx, tx.tasks().indexes().queues().claimable(limit), runner) : List.of();
    }

    /** Claims tasks; they come in the order of claims. */
    static List<ClaimedTask> take(Tx tx, Collection<TaskEntry> tasks, RunnerEntry runner) {
        var writer = new TaskWriter(tx);
        return tasks.stream()
                .sorted(ORDER)
                .filter(task -> writer.claim(task, runner))
                .map(task -> read(tx, task))
                .toList();
    }

    static ClaimedTask read(Tx tx, TaskEntry task) {
        return new ClaimedTask(task.row(), tx.companions().requests().of(task), task.handover(), tx.now());
    }
}
