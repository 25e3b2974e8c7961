package dev.reprise.storage.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Takes row locks in the one order that everybody keeps: batches by id, then tasks by id, then their dependents. */
final class Locks {

    /** Also the batches of what depends on the tasks, because a release may have to ask them. */
    static final String GATED = """
            SELECT t.batch FROM {task} t WHERE t.id {in:ids} AND t.gate <> 0
            UNION SELECT t.batch FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.gate <> 0""";

    private static final String BATCHES = "SELECT id FROM {batch} WHERE id {in:ids} ORDER BY id FOR UPDATE";
    private static final String BATCH = "SELECT id FROM {batch} WHERE id = :id FOR UPDATE";
    static final String TASKS =
            "SELECT " + LockedTask.COLUMNS + " FROM {task} WHERE id {in:ids} ORDER BY id FOR UPDATE";

    private Locks() {}

    /** Locks the batches that changes of these tasks concern, where they have rules. */
    static void batchesOf(Tx tx, Collection<String> tasks) throws SQLException {
        var batches = tx.sql(GATED).set("ids", tasks).list(row -> row.text("batch"));
        if (!batches.isEmpty()) {
            tx.sql(BATCHES).set("ids", batches).impatient().list(row -> row.text("id"));
        }
    }

    /** Locks one batch; tells whether there is one. */
    static boolean batch(Tx tx, String id) throws SQLException {
        return tx.sql(BATCH).set("id", id).impatient().first(row -> true).isPresent();
    }

    /** Locks tasks and waits for those who hold them, for a while. */
    static List<LockedTask> tasks(Tx tx, Collection<String> ids) throws SQLException {
        return ids.isEmpty()
                ? List.of()
                : tx.sql(TASKS).set("ids", ids).impatient().list(LockedTask::read);
    }

    /** Locks those of the tasks that nobody else has locked. */
    static List<LockedTask> freeTasks(Tx tx, Collection<String> ids) throws SQLException {
        return tx.sql(TASKS + " SKIP LOCKED").set("ids", ids).list(LockedTask::read);
    }
}
