package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows that a transaction will lock before it changes tasks, named before the first lock. Everybody locks in one
 * order: by kind as {@link Kind} lists them, then by id; the tasks come last.
 */
final class LockPlan {

    private final Map<Kind, SortedSet<String>> rows = new EnumMap<>(Kind.class);

    /** The kinds of rows, in the order of locks. Caps, accounts and quotas will stand before batches. */
    enum Kind {
        BATCH("SELECT id FROM {batch} WHERE id {in:ids} ORDER BY id {for update}");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }
    }

    void add(Kind kind, Collection<String> ids) {
        rows.computeIfAbsent(kind, none -> new TreeSet<>()).addAll(ids);
    }

    SortedSet<String> of(Kind kind) {
        return rows.getOrDefault(kind, new TreeSet<>());
    }

    /** Locks all but the batches, whose rows are read as they are locked. */
    void lockOthers(Tx tx) throws SQLException {
        for (var each : rows.entrySet()) {
            if (each.getKey() != Kind.BATCH && !each.getValue().isEmpty()) {
                tx.sql(each.getKey().sql)
                        .set("ids", each.getValue())
                        .impatient()
                        .list(row -> true);
            }
        }
    }
}
