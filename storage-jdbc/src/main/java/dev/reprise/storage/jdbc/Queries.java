package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of tasks; each is one statement. */
final class Queries {

    /** Newest first. */
    static final Comparator<PagePoint> NEWEST = Comparator.comparing(PagePoint::createdAt)
            .thenComparing(point -> point.id().value())
            .reversed();

    private static final int CHUNK = 500;
    static final String FIND = StoredRows.select(
            "SELECT t.* FROM {task} t WHERE t.id {in:ids} AND t.deleted_at IS NULL AND " + Scoped.CLAUSE);
    private static final String STATES = "SELECT id, state FROM {task} WHERE id {in:ids} AND deleted_at IS NULL";
    static final String COUNTS = "SELECT t.state, COUNT(*) AS many FROM {task} t WHERE t.deleted_at IS NULL AND "
            + Scoped.CLAUSE + " GROUP BY t.state";
    static final String BY_KEY =
            "SELECT id FROM {task} WHERE owner = :owner AND idem_key = :key AND deleted_at IS NULL";
    static final String CHILDREN = StoredRows.select(
            "SELECT t.* FROM {task} t WHERE t.parent = :parent AND t.deleted_at IS NULL AND " + Scoped.CLAUSE);

    private final Transactions transactions;

    Queries(Transactions transactions) {
        this.transactions = transactions;
    }

    List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        List<StoredTask> found = new ArrayList<>();
        for (List<String> chunk : chunks(ids)) {
            rows("find", tx -> Scoped.fill(tx.sql(FIND), scope).set("ids", chunk)).all().stream()
                    .map(StoredRows.Gathered::stored)
                    .forEach(found::add);
        }
        return found;
    }

    Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        Map<GenerationId, TaskState> states = new HashMap<>();
        for (List<String> chunk : chunks(ids)) {
            transactions.single(
                    "states",
                    tx -> tx.sql(STATES).set("ids", chunk).list(row -> {
                        return states.put(new GenerationId(row.text("id")), TaskRows.stateOf(row.text("state")));
                    }));
        }
        return states;
    }

    Map<TaskState, Long> counts(Scope scope) {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        transactions.single(
                "counts",
                tx -> Scoped.fill(tx.sql(COUNTS), scope).list(row -> {
                    return counts.merge(TaskRows.stateOf(row.text("state")), row.big("many"), Long::sum);
                }));
        return counts;
    }

    Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return transactions.single(
                "find by key",
                tx -> tx.sql(BY_KEY)
                        .set("owner", owner.value())
                        .set("key", key)
                        .first(row -> new GenerationId(row.text("id"))));
    }

    List<StoredTask> children(Scope scope, GenerationId parent) {
        return rows("children", tx -> Scoped.fill(tx.sql(CHILDREN), scope).set("parent", parent.value())).all().stream()
                .map(StoredRows.Gathered::stored)
                .sorted(Comparator.<StoredTask, java.time.Instant>comparing(
                                task -> task.row().times().createdAt())
                        .thenComparing(task -> task.row().id().value()))
                .toList();
    }

    Slice<StoredTask> list(TaskQuery query) {
        var page = new ListPage(query);
        var rows = rows("list", tx -> page.fill(tx.sql(StoredRows.select(page.sql()))));
        int limit = query.filter().limit();
        List<PagePoint> points = rows.points().values().stream().sorted(NEWEST).toList();
        List<StoredTask> tasks = new ArrayList<>();
        for (PagePoint point : points.subList(0, Math.min(limit, points.size()))) {
            rows.get(point.id().value()).ifPresent(task -> tasks.add(task.stored()));
        }
        return new Slice<>(tasks, points.size() > limit ? points.get(limit - 1) : null);
    }

    /** Fills a statement. */
    @FunctionalInterface
    interface Filler {
        Query fill(Tx tx) throws SQLException;
    }

    StoredRows rows(String what, Filler filler) {
        return transactions.single(what, tx -> {
            var rows = new StoredRows();
            filler.fill(tx).list(rows::add);
            return rows;
        });
    }

    private static List<List<String>> chunks(Collection<GenerationId> ids) {
        List<String> all = ids.stream().map(GenerationId::value).distinct().toList();
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
