package dev.reprise.storage.memory;

import dev.reprise.store.KnownNames;
import dev.reprise.store.rules.TaskRules;

/** Takes up again what somebody can run now. Guarded by the store's lock. */
final class Parking {

    private Parking() {}

    /** How many were taken up. */
    static int unpark(Tx tx, KnownNames known) {
        var writer = new TaskWriter(tx);
        int unparked = 0;
        for (TaskEntry task : tx.tasks().indexes().queues().parkedFor(known)) {
            if (writer.change(task, TaskRules.unparked(task.facts(), tx.now()))) {
                unparked++;
            }
        }
        writer.finish();
        return unparked;
    }
}
