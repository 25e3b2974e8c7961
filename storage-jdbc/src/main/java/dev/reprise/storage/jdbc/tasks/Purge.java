package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Level;
import dev.reprise.store.Purging;
import dev.reprise.store.Retention;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes tasks that ended long ago, newest first, so that children go before their parents. A task is kept as long as it
 * has a child, something unfinished depends on it, or its batch has not ended long ago as well.
 */
public final class Purge implements Purging {

    /** Looked up task by task: what NOT EXISTS asks for MariaDB gathers from whole tables first, for every page. */
    static final String OLD = """
            SELECT t.id, t.created_at FROM {task} t
            WHERE t.finished_at < :before AND t.created_at <= :at AND (t.created_at < :at OR t.id < :id)
                AND t.required_level <= :level
                AND (t.deleted_at IS NOT NULL
                    OR (SELECT MIN(c.created_at) FROM {task} c WHERE c.parent = t.id) IS NULL)
                AND (t.batch IS NULL OR (SELECT b.finished_at FROM {batch} b WHERE b.id = t.batch) < :before)
                AND (SELECT MIN(d.task) FROM {dependency} d JOIN {task} w ON w.id = d.task
                    WHERE d.depends_on = t.id AND w.finished_at IS NULL) IS NULL
            ORDER BY t.created_at DESC, t.id DESC LIMIT :most""";
    /** Born since the look: a refinement locks its parent, so that now there can be no more. */
    static final String PARENTS = """
            SELECT DISTINCT p.id FROM {task} p JOIN {task} c ON c.parent = p.id
            WHERE p.id {in:ids} AND p.deleted_at IS NULL AND c.finished_at IS NULL""";

    static final String NEEDED = """
            SELECT DISTINCT d.depends_on AS id FROM {dependency} d JOIN {task} w ON w.id = d.task
            WHERE d.depends_on {in:ids} AND w.finished_at IS NULL""";
    private static final String BATCHES =
            "SELECT DISTINCT batch AS id FROM {task} WHERE id {in:ids} AND batch IS NOT NULL";
    private static final String REMOVE = "DELETE FROM {task} WHERE id {in:ids}";
    private static final String REMOVE_BATCHES = """
            DELETE FROM {batch} WHERE id {in:ids}
                AND NOT EXISTS (SELECT 1 FROM {task} t WHERE t.batch = {batch}.id)""";
    private static final String NOW = "SELECT :now AS now_at";

    private final Transactions transactions;

    public Purge(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long purge(Retention retention) {
        long keep = java.util.concurrent.TimeUnit.MILLISECONDS.convert(retention.keep());
        long before = transactions.single(
                        "now", tx -> tx.sql(NOW).list(row -> row.big("now_at")).get(0))
                - keep;
        long all = 0;
        long pass;
        do {
            pass = pass(before, retention.atOnce());
            all += pass;
        } while (pass > 0);
        return all;
    }

    private record Old(String id, long createdAt) {}

    private long pass(long before, int atOnce) {
        long removed = 0;
        var after = new Old("", before + 1);
        while (true) {
            var from = after;
            List<Old> some = transactions.single(
                    "look for the old",
                    tx -> tx.sql(OLD)
                            .set("before", before)
                            .set("at", from.createdAt)
                            .set("id", from.id)
                            .set("level", Level.CURRENT)
                            .set("most", atOnce)
                            .list(row -> new Old(row.text("id"), row.big("created_at"))));
            if (some.isEmpty()) {
                return removed;
            }
            removed += transactions.write("purge", tx -> remove(tx, some));
            after = some.get(some.size() - 1);
        }
    }

    private static int remove(Tx tx, List<Old> old) throws SQLException {
        Set<String> ids = new HashSet<>(tx.sql(DeadlineLook.FREE)
                .set("ids", old.stream().map(Old::id).toList())
                .list(row -> row.text("id")));
        for (String kept : List.of(PARENTS, NEEDED)) {
            if (!ids.isEmpty()) {
                tx.sql(kept).set("ids", Set.copyOf(ids)).list(row -> ids.remove(row.text("id")));
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        List<String> batches = tx.sql(BATCHES).set("ids", ids).list(row -> row.text("id"));
        for (Companion companion : Companions.ALL) {
            companion.purged(tx, ids);
        }
        tx.sql(REMOVE).set("ids", ids).update();
        if (!batches.isEmpty()) {
            tx.sql(REMOVE_BATCHES).set("ids", batches).update();
        }
        return ids.size();
    }
}
