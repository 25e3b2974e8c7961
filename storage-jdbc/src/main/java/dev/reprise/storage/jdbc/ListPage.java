package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.store.PagePoint;
import dev.reprise.store.TaskQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of a list, by keyset: an index brings its rows in order, whatever was created meanwhile. */
final class ListPage {

    /** What comes after a point; the first condition is what an index can use. */
    static final String AFTER = " AND t.created_at <= :afterAt AND (t.created_at < :afterAt OR t.id < :afterId)";

    private final StringBuilder where = new StringBuilder("t.deleted_at IS NULL");
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    ListPage(TaskQuery query) {
        var filter = query.filter();
        var owner = query.scope().owner();
        add(" AND t.owner = :owner", "owner", owner == null ? null : owner.value());
        add(
                " AND t.batch = :batch",
                "batch",
                filter.batch() == null ? null : filter.batch().value());
        add(
                " AND t.parent = :parent",
                "parent",
                filter.parent() == null ? null : filter.parent().value());
        add(
                " AND t.kind = :kind",
                "kind",
                filter.kind() == null ? null : filter.kind().name());
        add(" AND t.label = :label", "label", filter.label());
        var from = filter.createdFrom();
        add(" AND t.created_at >= :createdFrom", "createdFrom", from == null ? null : ceiling(from));
        var before = filter.createdBefore();
        add(" AND t.created_at < :createdBefore", "createdBefore", before == null ? null : ceiling(before));
        if (!filter.states().isEmpty()) {
            add(
                    " AND t.state {in:states}",
                    "states",
                    filter.states().stream().map(TaskState::name).sorted().toList());
        }
        PagePoint after = query.after();
        if (after != null) {
            add(AFTER, "afterAt", after.createdAt().toEpochMilli());
            values.put("afterId", after.id().value());
        }
        values.put("rows", filter.limit() + 1);
    }

    /** Times are stored in whole milliseconds: what is at or after 1.5 ms is at or after 2 ms. */
    private static long ceiling(java.time.Instant instant) {
        long millis = instant.toEpochMilli();
        return java.time.Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            values.put(name, value);
        }
    }

    String sql() {
        return "SELECT t.* FROM {task} t WHERE " + where + " ORDER BY t.created_at DESC, t.id DESC LIMIT :rows";
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Query fill(Query query) {
        values.forEach(query::set);
        return query;
    }
}
