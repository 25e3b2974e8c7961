package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.PagePoint;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskSummary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Batches without payloads, gathered from one statement: a row for each attempt of each task that is shown. */
final class BatchRows {

    /** What {@link #add} needs besides a task's and an attempt's columns, of a query called {@code t}. */
    static final String HEAD = """
            t.head_id, t.head_owner, t.head_label, t.head_created_at, t.head_finished_at, t.head_run, t.head_size, \
            t.head_succeeded, t.head_failed, t.head_cancelled, t.head_skipped, t.head_deleted, t.head_started""";

    private static final Comparator<TaskRow> BY_POSITION = Comparator.comparing(
                    (TaskRow row) -> row.placement().position(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(row -> row.id().value());

    private final Map<String, Head> heads = new LinkedHashMap<>();

    private static final class Head {
        private final BatchRow bare;
        private final Map<String, TaskRow> tasks = new LinkedHashMap<>();
        private final Map<String, Usage> usage = new HashMap<>();

        private Head(Row row) throws SQLException {
            var counts = new BatchCounts(
                    row.number("head_size"),
                    row.number("head_succeeded"),
                    row.number("head_failed"),
                    row.number("head_cancelled"),
                    row.number("head_skipped"),
                    row.number("head_deleted"));
            bare = new BatchRow(
                    new BatchId(row.text("head_id")),
                    new Owner(row.text("head_owner")),
                    row.textOrNull("head_label"),
                    row.instant("head_created_at"),
                    row.number("head_run"),
                    counts,
                    row.yes("head_started") || counts.open() < counts.size(),
                    row.instantOrNull("head_finished_at"),
                    List.of());
        }

        private BatchRow whole() {
            List<TaskRow> rows = new ArrayList<>(tasks.values());
            rows.sort(BY_POSITION);
            return new BatchRow(
                    bare.id(),
                    bare.owner(),
                    bare.label(),
                    bare.createdAt(),
                    bare.run(),
                    bare.counts(),
                    bare.started(),
                    bare.finishedAt(),
                    rows.stream()
                            .limit(BatchRow.FIRST)
                            .map(row -> new TaskSummary(
                                    row, usage.getOrDefault(row.id().value(), Usage.NONE)))
                            .toList());
        }
    }

    Void add(Row row) throws SQLException {
        var headId = row.text("head_id");
        var head = heads.get(headId);
        if (head == null) {
            head = new Head(row);
            heads.put(headId, head);
        }
        var id = row.textOrNull("id");
        if (id != null) {
            if (!head.tasks.containsKey(id)) {
                var of = head;
                TaskRowReader.read(row).ifPresent(task -> of.tasks.put(id, task));
            }
            head.usage.merge(id, AttemptRowReader.usage(row), Usage::plus);
        }
        return null;
    }

    List<BatchRow> all() {
        return heads.values().stream().map(Head::whole).toList();
    }

    /** Where a batch stands in a feed. */
    static PagePoint point(BatchRow batch) {
        return new PagePoint(batch.createdAt(), new GenerationId(batch.id().value()));
    }
}
