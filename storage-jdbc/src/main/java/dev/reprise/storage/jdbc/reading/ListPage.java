package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.store.PagePoint;
import dev.reprise.store.TaskQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One page of a list, by keyset: an index brings its rows in order, whatever was created meanwhile. */
public final class ListPage {

    /** What comes after a point; the first condition is what an index can use. */
    public static final String AFTER = " AND t.created_at <= :afterAt AND (t.created_at < :afterAt OR t.id < :afterId)";

    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final String NEWEST_FIRST = newestFirst(List.of());

    /** In the batch, or by itself as a batch of one. */
    private static final List<String> OF_BATCH =
            List.of(" AND t.batch = :batch", " AND t.id = :batch AND t.batch IS NULL");

    private final StringBuilder where = new StringBuilder("t.deleted_at IS NULL");
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    /** The column that all rows share and whose index has them in order, if there is one. */
    private final List<String> shared;

    /** Any of which a row must meet. */
    private final List<String> conditions;

    public ListPage(TaskQuery query) {
        var filter = query.filter();
        var owner = query.scope().owner();
        add(" AND t.owner = :owner", "owner", owner == null ? null : owner.value());
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
        shared = shared(query);
        where.append(shared.isEmpty() ? "" : IN_TIME);
        var before = filter.createdBefore();
        add(" AND t.created_at < :createdBefore", "createdBefore", before == null ? null : ceiling(before));
        var batch = filter.batch();
        if (batch != null) {
            values.put("batch", batch.value());
        }
        conditions = both(batch == null ? List.of("") : OF_BATCH, states(filter));
        PagePoint after = query.after();
        if (after != null) {
            add(AFTER, "afterAt", after.createdAt().toEpochMilli());
            values.put("afterId", after.id().value());
        }
        values.put("rows", filter.limit() + 1);
    }

    /** Always so. It has H2 take the index by time, and not another one that begins with the same column. */
    public static final String IN_TIME = " AND t.created_at < 9223372036854775807";

    /**
     * The end of a list's statement.
     *
     * @param shared the columns that all rows share and whose index has them in order
     */
    static String newestFirst(List<String> shared) {
        return shared.stream().map("{lead t.%s DESC, }"::formatted).collect(Collectors.joining("", " ORDER BY ", ""))
                + "t.created_at DESC, t.id DESC LIMIT :rows";
    }

    private static List<String> shared(TaskQuery query) {
        var filter = query.filter();
        if (filter.batch() != null) {
            return List.of(); // they are few
        }
        if (filter.parent() != null) {
            return List.of("parent");
        }
        if (filter.label() != null) {
            return List.of("label");
        }
        if (query.scope().owner() != null) {
            return List.of("owner");
        }
        return filter.states().isEmpty() ? List.of() : List.of("state");
    }

    /** Times are stored in whole milliseconds: what is at or after 1.5 ms is at or after 2 ms. */
    private static long ceiling(Instant instant) {
        if (instant.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        if (!instant.isBefore(LATEST)) {
            return Long.MAX_VALUE;
        }
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    private static List<String> states(GenerationQuery filter) {
        return filter.states().isEmpty()
                ? List.of("")
                : filter.states().stream().sorted().map(ListPage::in).toList();
    }

    private static List<String> both(List<String> some, List<String> more) {
        return some.stream()
                .flatMap(one -> more.stream().map(other -> one + other))
                .toList();
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
    public String sql() {
        var each = conditions.stream().map(this::page).toList();
        return each.size() == 1
                ? each.get(0)
                : "SELECT t.* FROM ({part}" + String.join(") UNION ALL {part}", each) + ")) t" + NEWEST_FIRST;
    }

    private String page(String condition) {
        return "SELECT t.* FROM {task} t WHERE " + where + condition + newestFirst(shared);
    }

    private static String in(TaskState state) {
        return " AND " + is(state);
    }

    /** A state, written out: a partial index is used for what is known when a statement is planned. */
    static String is(TaskState state) {
        return "t.state = {state " + state.name() + "}" + (state.isLeased() ? " AND t.runner IS NOT NULL" : "");
    }

    public Map<String, @Nullable Object> values() {
        return values;
    }

    public Query fill(Query query) {
        values.forEach(query::set);
        return query;
    }
}
