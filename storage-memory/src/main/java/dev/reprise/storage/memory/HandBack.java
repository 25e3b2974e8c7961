package dev.reprise.storage.memory;

import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.TaskRules;
import java.util.Collection;

/** Gives claims back whose call was never sent. Guarded by the store's lock. */
final class HandBack {

    private HandBack() {}

    /** How many the runner still had. */
    static int of(Tx tx, RunnerEntry runner, Collection<TaskRef> refs) {
        var writer = new TaskWriter(tx);
        int count = 0;
        for (TaskRef ref : refs) {
            var task = tx.tasks().row(ref.id());
            if (task != null
                    && task.isHeld(ref, runner)
                    && writer.change(task, TaskRules.handedBack(task.facts(), tx.now()))) {
                count++;
            }
        }
        writer.finish();
        return count;
    }
}
