package dev.reprise.storage.jdbc;

import dev.reprise.identity.BatchId;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.StoredTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Batches, and tasks by themselves as batches of one. */
final class Feed {

    static final String BATCH = StoredRows.select("""
            SELECT t.* FROM {task} t WHERE t.batch = :id AND t.deleted_at IS NULL AND %1$s
            UNION ALL SELECT t.* FROM {task} t
            WHERE t.id = :id AND t.batch IS NULL AND t.deleted_at IS NULL AND %1$s""".formatted(Scoped.CLAUSE));
    /** The leading tasks of the page, then all that belongs to them. */
    private static final String PAGE = """
            SELECT t.* FROM (%1$s) l JOIN {task} t ON t.id = l.id WHERE l.batch IS NULL
            UNION ALL SELECT t.* FROM (%1$s) l JOIN {task} t ON t.batch = l.batch AND t.deleted_at IS NULL""";

    private static final String LEADS = """
            SELECT t.id, t.batch FROM {task} t WHERE t.deleted_at IS NULL AND (t.place IS NULL OR t.place = 0)%s%s%s""";
    private static final Comparator<StoredTask> BY_POSITION = Comparator.<StoredTask>comparingInt(task -> {
                Integer position = task.row().placement().position();
                return position == null ? Integer.MAX_VALUE : position;
            })
            .thenComparing(task -> task.row().id().value());

    private final Queries queries;

    Feed(Queries queries) {
        this.queries = queries;
    }

    Optional<StoredBatch> batch(Scope scope, BatchId id) {
        var tasks = queries.rows(
                        "batch", tx -> Scoped.fill(tx.sql(BATCH), scope).set("id", id.value()))
                .all();
        return tasks.isEmpty() ? Optional.empty() : Optional.of(batch(id, tasks));
    }

    private static StoredBatch batch(BatchId id, List<StoredRows.Gathered> tasks) {
        var first = tasks.get(0);
        var row = first.row();
        return new StoredBatch(
                id,
                row.owner(),
                row.placement().batch() == null ? row.labels().label() : first.batchLabel(),
                row.times().createdAt(),
                tasks.stream()
                        .map(StoredRows.Gathered::stored)
                        .sorted(BY_POSITION)
                        .toList());
    }

    Slice<StoredBatch> page(Scope scope, int limit, @Nullable PagePoint after) {
        String sql = sql(scope, after);
        var rows = queries.rows("feed", tx -> {
            var query = tx.sql(sql).set("rows", limit + 1);
            Scoped.fill(query, scope);
            if (after != null) {
                query.set("afterAt", after.createdAt().toEpochMilli())
                        .set("afterId", after.id().value());
            }
            return query;
        });
        List<StoredRows.Gathered> leading = rows.all().stream()
                .filter(task -> task.row().placement().leadsFeed())
                .sorted(Comparator.comparing(task -> point(task), Queries.NEWEST))
                .toList();
        List<StoredBatch> page = new ArrayList<>();
        for (var lead : leading.subList(0, Math.min(limit, leading.size()))) {
            var id = lead.row().placement().batch();
            var own = rows.all().stream()
                    .filter(task -> id == null
                            ? task == lead
                            : id.equals(task.row().placement().batch()))
                    .toList();
            page.add(batch(id == null ? new BatchId(lead.row().id().value()) : id, own));
        }
        return new Slice<>(page, leading.size() > limit ? point(leading.get(limit - 1)) : null);
    }

    static String sql(Scope scope, @Nullable PagePoint after) {
        return StoredRows.select(PAGE.formatted(leads(scope, after)));
    }

    /** The first tasks of the batches of a page, and the tasks that are in none. */
    static String leads(Scope scope, @Nullable PagePoint after) {
        boolean owned = scope.owner() != null;
        return LEADS.formatted(
                owned ? " AND t.owner = :owner" + ListPage.IN_TIME : "",
                after == null ? "" : ListPage.AFTER,
                ListPage.newestFirst(owned ? "owner" : ""));
    }

    private static PagePoint point(StoredRows.Gathered task) {
        return new PagePoint(task.row().times().createdAt(), task.row().id());
    }
}
