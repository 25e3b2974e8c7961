package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Gives claims back whose call was never sent. */
public final class HandBack {

    private HandBack() {}

    /** Returns whether something has become READY. */
    public static boolean of(Transactions transactions, RunnerId runner, Collection<TaskRef> tasks) {
        Map<String, TaskRef> refs = new HashMap<>();
        tasks.forEach(ref -> refs.put(ref.id().value(), ref));
        return !refs.isEmpty() && transactions.write("hand back", tx -> handBack(tx, runner, refs));
    }

    private static boolean handBack(Tx tx, RunnerId runner, Map<String, TaskRef> refs) throws SQLException {
        var writer = TaskWriter.of(tx, refs.keySet());
        for (LockedTask task : writer.lock(refs.keySet())) {
            var ref = refs.get(task.id());
            if (ref != null && task.isHeld(ref, runner.value())) {
                writer.change(task, TaskRules.handedBack(task.facts(), task.now()));
            }
        }
        return writer.finish().ready();
    }
}
