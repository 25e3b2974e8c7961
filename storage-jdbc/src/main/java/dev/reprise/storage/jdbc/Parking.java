package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Reasons;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside what cannot be run at present, and takes it up again when somebody can. */
final class Parking {

    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
    private static final int MOST_AT_ONCE = 1_000;
    static final String PARKED = """
            SELECT t.id FROM {task} t WHERE t.state = 'PARKED'
                AND (t.reason LIKE 'unknown_provider:%' OR t.reason LIKE 'unknown_processor:%')
                AND t.provider {in:providers} AND (t.processor IS NULL OR t.processor {in:processors})
            ORDER BY t.id LIMIT 1000 {reserve}""";
    private static final String UNPARK =
            "UPDATE {task} SET state = 'READY', reason = NULL WHERE id {in:ids} AND state = 'PARKED'";

    private Parking() {}

    /** Parks tasks that a runner has just claimed and cannot read, so that nobody claims them again and again. */
    static void unreadable(Transactions transactions, RunnerId runner, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        LOG.warn("parked, because this version cannot read them: tasks {}", ids);
        transactions.write("park unreadable", tx -> {
            Locks.batchesOf(tx, ids);
            return park(tx, runner, Locks.tasks(tx, ids));
        });
    }

    private static boolean park(Tx tx, RunnerId runner, List<LockedTask> tasks) throws SQLException {
        List<TaskChange> changes = new ArrayList<>();
        List<Ended> ended = new ArrayList<>();
        for (LockedTask task : tasks) {
            if (task.isLeased() && runner.value().equals(task.runner())) {
                changes.add(new TaskChange(
                        task,
                        TaskState.PARKED,
                        Reasons.UNREADABLE,
                        null,
                        task.counters().handedBack(),
                        TaskChange.Carry.KEPT));
                ended.add(Ended.of(task, TaskState.PARKED));
            }
        }
        TaskChange.write(tx, changes);
        return Endings.follow(tx, ended);
    }

    /** Makes tasks READY again whose provider and processor are known now; returns how many. */
    static int unpark(Transactions transactions, Set<String> providers, Set<String> processors) {
        if (providers.isEmpty()) {
            return 0;
        }
        // A list cannot be empty in SQL; no processor has a blank name.
        Collection<String> known = processors.isEmpty() ? Set.of("") : processors;
        int all = 0;
        int some;
        do {
            some = transactions.write("unpark", tx -> {
                List<String> ids = tx.sql(PARKED)
                        .set("providers", providers)
                        .set("processors", known)
                        .list(row -> row.text("id"));
                return ids.isEmpty() ? 0 : tx.sql(UNPARK).set("ids", ids).update();
            });
            all += some;
        } while (some == MOST_AT_ONCE);
        return all;
    }
}
