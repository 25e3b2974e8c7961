package dev.reprise.storage.jdbc.reading;

import dev.reprise.identity.BatchId;
import dev.reprise.storage.jdbc.sql.OwnerClause;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.BatchRow;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.StoredTask;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of batches, and of tasks by themselves as batches of one; each is one statement. */
public final class BatchReader {

    static final String BATCH = StoredRows.select("""
            SELECT t.* FROM {task} t WHERE t.batch = :id AND t.deleted_at IS NULL AND %1$s
            UNION ALL SELECT t.* FROM {task} t
            WHERE t.id = :id AND t.batch IS NULL AND t.deleted_at IS NULL AND %1$s""".formatted(OwnerClause.CLAUSE));

    /**
     * How batches stand, and tasks by themselves: the conditions, the order and the limit are filled in. What is left of a
     * batch is looked up for each: MariaDB makes a join of an EXISTS, and reads all tasks for it.
     */
    private static final String HEADS = """
            {part}SELECT b.id, b.owner, b.label, b.created_at, b.finished_at, b.run, b.size, b.succeeded, b.failed,
                b.cancelled, b.skipped, b.deleted, 1 AS grouped,
                CASE WHEN EXISTS (SELECT 1 FROM {task} s WHERE s.batch = b.id AND s.attempts > 0) THEN 1 ELSE 0 END
                    AS started
            FROM {batch} b WHERE b.deleted < b.size
                AND (SELECT s.id FROM {task} s WHERE s.batch = b.id AND s.deleted_at IS NULL LIMIT 1) IS NOT NULL%1$s)
            UNION ALL
            {part}SELECT t.id, t.owner, t.label, t.created_at, t.finished_at, t.run, 1 AS size,
                CASE WHEN t.state = {state SUCCEEDED} THEN 1 ELSE 0 END AS succeeded,
                CASE WHEN t.state = {state FAILED} THEN 1 ELSE 0 END AS failed,
                CASE WHEN t.state = {state CANCELLED} THEN 1 ELSE 0 END AS cancelled,
                CASE WHEN t.state = {state SKIPPED} THEN 1 ELSE 0 END AS skipped, 0 AS deleted, 0 AS grouped,
                CASE WHEN t.attempts > 0 THEN 1 ELSE 0 END AS started
            FROM {task} t WHERE t.batch IS NULL AND t.deleted_at IS NULL%2$s)""";

    private static final String HEAD_COLUMNS = """
            l.id AS head_id, l.owner AS head_owner, l.label AS head_label, l.created_at AS head_created_at,
            l.finished_at AS head_finished_at, l.run AS head_run, l.size AS head_size, l.succeeded AS head_succeeded,
            l.failed AS head_failed, l.cancelled AS head_cancelled, l.skipped AS head_skipped,
            l.deleted AS head_deleted, l.started AS head_started""";

    /** The heads, each with its first tasks and what their attempts have spent. */
    private static final String ROWS = "SELECT " + BatchRows.HEAD + ", " + TaskRowReader.COLUMNS + ", "
            + AttemptRowReader.USAGE + " FROM (SELECT " + HEAD_COLUMNS + ", t.* FROM (%1$s) l"
            + " JOIN {task} t ON t.id = l.id WHERE l.grouped = 0 UNION ALL SELECT " + HEAD_COLUMNS
            + ", t.* FROM (%1$s) l"
            + " LEFT JOIN {task} t ON t.batch = l.id AND t.deleted_at IS NULL AND t.batch_position < :first + l.deleted"
            + " WHERE l.grouped = 1) t LEFT JOIN {attempt} a ON a.task = t.id";

    static final String SUMMARY = ROWS.formatted(HEADS.formatted(
            " AND b.id = :id AND (:anybody = 1 OR b.owner = :owner)", " AND t.id = :id AND " + OwnerClause.CLAUSE));

    private static final Comparator<StoredTask> BY_POSITION = Comparator.<StoredTask>comparingInt(task -> {
                Integer position = task.row().placement().position();
                return position == null ? Integer.MAX_VALUE : position;
            })
            .thenComparing(task -> task.row().id().value());

    private final Transactions transactions;
    private final TaskReader tasks;

    public BatchReader(Transactions transactions, TaskReader tasks) {
        this.transactions = transactions;
        this.tasks = tasks;
    }

    public Optional<StoredBatch> batch(Scope scope, BatchId id) {
        var found = tasks.stored(
                        "batch", tx -> OwnerClause.fill(tx.sql(BATCH), scope).set("id", id.value()))
                .all();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var first = found.get(0).row();
        var group = found.get(0).group();
        return Optional.of(new StoredBatch(
                id,
                first.owner(),
                group == null ? first.labels().label() : group.label(),
                first.times().createdAt(),
                group == null ? 1 : group.size(),
                group == null ? first.times().finishedAt() : group.finishedAt(),
                found.stream()
                        .map(StoredRows.Gathered::stored)
                        .sorted(BY_POSITION)
                        .toList()));
    }

    public Optional<BatchRow> summary(Scope scope, BatchId id) {
        return transactions
                .single("batch", tx -> {
                    var rows = new BatchRows();
                    OwnerClause.fill(tx.sql(SUMMARY), scope)
                            .set("id", id.value())
                            .set("first", BatchRow.FIRST)
                            .list(rows::add);
                    return rows;
                })
                .all()
                .stream()
                .findFirst();
    }

    public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
        String sql = sql(scope, after);
        var all = transactions
                .single("feed", tx -> {
                    var rows = new BatchRows();
                    var query = OwnerClause.fill(tx.sql(sql), scope)
                            .set("rows", limit + 1)
                            .set("first", BatchRow.FIRST);
                    if (after != null) {
                        query.set("afterAt", after.createdAt().toEpochMilli())
                                .set("afterId", after.id().value());
                    }
                    query.list(rows::add);
                    return rows;
                })
                .all()
                .stream()
                .sorted(Comparator.comparing(BatchRows::point, TaskReader.NEWEST))
                .toList();
        List<BatchRow> page = all.subList(0, Math.min(limit, all.size()));
        return new Slice<>(page, all.size() > limit ? BatchRows.point(page.get(limit - 1)) : null);
    }

    static String sql(Scope scope, @Nullable PagePoint after) {
        return ROWS.formatted(
                "SELECT f.* FROM (" + heads(scope, after) + ") f ORDER BY f.created_at DESC, f.id DESC LIMIT :rows");
    }

    /** The newest of each, by an index that has them in order. */
    static String heads(Scope scope, @Nullable PagePoint after) {
        boolean owned = scope.owner() != null;
        return HEADS.formatted(
                page("b", owned, after, owned ? List.of("owner") : List.of()),
                page("t", owned, after, owned ? List.of("owner", "batch") : List.of("batch")));
    }

    private static String page(String table, boolean owned, @Nullable PagePoint after, List<String> shared) {
        String where = (owned ? " AND t.owner = :owner" + ListPage.IN_TIME : "")
                + (after == null ? "" : ListPage.AFTER)
                + ListPage.newestFirst(shared);
        return where.replaceAll("\\bt\\.", table + ".");
    }
}
