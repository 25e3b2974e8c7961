package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.sql.OwnerClause;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskSummary;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of tasks; each is one statement. */
public final class TaskReader {

    /** Newest first. */
    static final Comparator<PagePoint> NEWEST = Comparator.comparing(PagePoint::createdAt)
            .thenComparing(point -> point.id().value())
            .reversed();

    private static final int CHUNK = 500;
    private static final String BY_ID =
            "SELECT t.* FROM {task} t WHERE t.id {in:ids} AND t.deleted_at IS NULL AND " + OwnerClause.CLAUSE;
    static final String FIND = StoredRows.select(BY_ID);
    static final String SUMMARIES = SummaryRows.select(BY_ID);
    private static final String STATES = "SELECT id, state FROM {task} WHERE id {in:ids} AND deleted_at IS NULL";
    static final String COUNTS = "SELECT t.state, COUNT(*) AS many FROM {task} t WHERE t.deleted_at IS NULL AND "
            + OwnerClause.CLAUSE + " GROUP BY t.state";
    static final String BY_KEY =
            "SELECT id FROM {task} WHERE owner = :owner AND idempotency_key = :key AND deleted_at IS NULL";
    static final String CHILDREN = SummaryRows.select(
            "SELECT t.* FROM {task} t WHERE t.parent = :parent AND t.deleted_at IS NULL AND " + OwnerClause.CLAUSE);

    private final Transactions transactions;

    public TaskReader(Transactions transactions) {
        this.transactions = transactions;
    }

    public List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        List<StoredTask> found = new ArrayList<>();
        for (List<String> chunk : chunks(ids)) {
            stored("find", tx -> OwnerClause.fill(tx.sql(FIND), scope).set("ids", chunk)).all().stream()
                    .map(StoredRows.Gathered::stored)
                    .forEach(found::add);
        }
        return found;
    }

    public List<TaskSummary> summaries(Scope scope, Collection<GenerationId> ids) {
        List<TaskSummary> found = new ArrayList<>();
        for (List<String> chunk : chunks(ids)) {
            found.addAll(summaries(
                            "find",
                            tx -> OwnerClause.fill(tx.sql(SUMMARIES), scope).set("ids", chunk))
                    .all());
        }
        return found;
    }

    public Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        Map<GenerationId, TaskState> states = new HashMap<>();
        for (List<String> chunk : chunks(ids)) {
            transactions.single(
                    "states",
                    tx -> tx.sql(STATES).set("ids", chunk).list(row -> {
                        return states.put(new GenerationId(row.text("id")), TaskRowReader.stateOf(row.text("state")));
                    }));
        }
        return states;
    }

    public Map<TaskState, Long> counts(Scope scope) {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        transactions.single(
                "counts",
                tx -> OwnerClause.fill(tx.sql(COUNTS), scope).list(row -> {
                    return counts.merge(TaskRowReader.stateOf(row.text("state")), row.big("many"), Long::sum);
                }));
        return counts;
    }

    public Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return transactions.single(
                "find by key",
                tx -> tx.sql(BY_KEY)
                        .set("owner", owner.value())
                        .set("key", key)
                        .first(row -> new GenerationId(row.text("id"))));
    }

    public List<TaskSummary> children(Scope scope, GenerationId parent) {
        return summaries(
                        "children",
                        tx -> OwnerClause.fill(tx.sql(CHILDREN), scope).set("parent", parent.value()))
                .all()
                .stream()
                .sorted(Comparator.<TaskSummary, Instant>comparing(
                                task -> task.row().times().createdAt())
                        .thenComparing(task -> task.row().id().value()))
                .toList();
    }

    public Slice<TaskSummary> list(TaskQuery query) {
        var page = new ListPage(query);
        var rows = summaries("list", tx -> page.fill(tx.sql(SummaryRows.select(page.sql()))));
        int limit = query.filter().limit();
        List<PagePoint> points = rows.points().values().stream().sorted(NEWEST).toList();
        List<TaskSummary> tasks = new ArrayList<>();
        for (PagePoint point : points.subList(0, Math.min(limit, points.size()))) {
            rows.get(point.id().value()).ifPresent(tasks::add);
        }
        return new Slice<>(tasks, points.size() > limit ? points.get(limit - 1) : null);
    }

    /** Fills a statement. */
    @FunctionalInterface
    interface Filler {
        Query fill(Tx tx) throws SQLException;
    }

    StoredRows stored(String what, Filler filler) {
        return transactions.single(what, tx -> {
            var rows = new StoredRows();
            filler.fill(tx).list(rows::add);
            return rows;
        });
    }

    private SummaryRows summaries(String what, Filler filler) {
        return transactions.single(what, tx -> {
            var rows = new SummaryRows();
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
