package dev.reprise.storage.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes row locks in the one order that everybody keeps: batches by id, then tasks by id, then their dependents. */
final class Locks {

    /** Also the batches of what depends on the tasks, because a release may have to ask them. */
    static final String GATED = """
            SELECT t.batch FROM {task} t WHERE t.id {in:ids} AND t.gate <> 0
            UNION SELECT t.batch FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.gate <> 0""";

    static final String GATED_EACH = """
            SELECT t.id AS task, t.batch FROM {task} t WHERE t.id {in:ids} AND t.gate <> 0
            UNION SELECT d.depends_on AS task, t.batch FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.gate <> 0""";

    static final String DEPENDENT_EACH = """
            SELECT d.depends_on AS task, t.id FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.state = 'WAITING'""";
    /** Locks those of some tasks that nobody else has locked. */
    static final String FREE = "SELECT id FROM {task} WHERE id {in:ids} ORDER BY id FOR UPDATE SKIP LOCKED";

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

    /** As {@link #batchesOf}, but waits for nobody; returns those tasks of whose batches somebody has one locked. */
    static Set<String> blockedByBatches(Tx tx, Collection<String> tasks) throws SQLException {
        return blocked(tx, tx.sql(GATED_EACH).set("ids", tasks), "batch", BATCHES + " SKIP LOCKED");
    }

    /** Locks what waits for some tasks, and waits for nobody; returns those tasks of whose dependents somebody has one. */
    static Set<String> blockedByDependents(Tx tx, Collection<String> tasks) throws SQLException {
        return blocked(tx, tx.sql(DEPENDENT_EACH).set("ids", tasks), "id", FREE);
    }

    /** @param lock locks those of the others that nobody has locked */
    private static Set<String> blocked(Tx tx, Query pairs, String column, String lock) throws SQLException {
        record Pair(String task, String other) {}
        var all = pairs.list(row -> new Pair(row.text("task"), row.text(column)));
        if (all.isEmpty()) {
            return Set.of();
        }
        var others = all.stream().map(Pair::other).distinct().toList();
        var free = Set.copyOf(tx.sql(lock).set("ids", others).list(row -> row.text("id")));
        return all.stream()
                .filter(pair -> !free.contains(pair.other()))
                .map(Pair::task)
                .collect(Collectors.toSet());
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
