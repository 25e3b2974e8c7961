package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives claims back whose call was never sent. */
public final class HandBack {

    private HandBack() {}

    /** Returns whether something has become READY. */
    public static boolean of(Transactions transactions, RunnerId runner, Collection<TaskRef> tasks) {
        return !tasks.isEmpty() && transactions.write("hand back", tx -> handBack(tx, runner, tasks));
    }

    private static boolean handBack(Tx tx, RunnerId runner, Collection<TaskRef> refs) throws SQLException {
        Set<String> ids = refs.stream().map(ref -> ref.id().value()).collect(Collectors.toSet());
        Set<TaskRef> claims = Set.copyOf(refs);
        var writer = TaskWriter.of(tx, ids);
        for (LockedTask task : writer.lock(ids)) {
            if (claims.contains(task.ref()) && task.isHeld(task.ref(), runner.value())) {
                writer.change(task, TaskRules.handedBack(task.facts(), task.now()));
            }
        }
        return writer.finish().ready();
    }
}
