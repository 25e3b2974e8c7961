package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.store.PagePoint;
import dev.reprise.store.TaskQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of a list, by keyset: an index brings its rows in order, whatever was created meanwhile. */
final class ListPage {

    /** What comes after a point; the first condition is what an index can use. */
    static final String AFTER = " AND t.created_at <= :afterAt AND (t.created_at < :afterAt OR t.id < :afterId)";

    private static final String NEWEST_FIRST = " ORDER BY t.created_at DESC, t.id DESC LIMIT :rows";

    private final StringBuilder where = new StringBuilder("t.deleted_at IS NULL");
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<TaskState> states;

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
        states = filter.states().stream().sorted().toList();
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

    /**
     * A page of each state that was asked for, and of those the page: an index that holds a state in order holds several
     * in none, and to look for what is rare among all there is takes as long as all there is.
     */
    String sql() {
        if (states.isEmpty()) {
            return page("");
        }
        var each = states.stream().map(ListPage::in).map(this::page).toList();
        return each.size() == 1
                ? each.get(0)
                : "SELECT t.* FROM ((" + String.join(") UNION ALL (", each) + ")) t" + NEWEST_FIRST;
    }

    private String page(String condition) {
        return "SELECT t.* FROM {task} t WHERE " + where + condition + NEWEST_FIRST;
    }

    /** Written out, because a partial index is used for what is known when a statement is planned. */
    private static String in(TaskState state) {
        String leased = state == TaskState.RUNNING || state == TaskState.UPLOADING ? " AND t.runner IS NOT NULL" : "";
        return " AND t.state = '" + state.name() + "'" + leased;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    Query fill(Query query) {
        values.forEach(query::set);
        return query;
    }
}
