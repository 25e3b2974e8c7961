package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.Usage;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.PagePoint;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskSummary;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tasks without payloads, gathered from one statement and so from one snapshot: a row for each attempt. Rows that this
 * version cannot read are left out, and still have their place in a page.
 */
final class SummaryRows {

    private static final String SELECT = "SELECT " + TaskRowReader.COLUMNS + ", " + AttemptRowReader.USAGE
            + " FROM (%s) t LEFT JOIN {attempt} a ON a.task = t.id";

    private final Map<String, PagePoint> points = new LinkedHashMap<>();
    private final Map<String, TaskRow> rows = new LinkedHashMap<>();
    private final Map<String, Usage> usage = new HashMap<>();

    /** A statement that reads what this gathers, of the rows of another. */
    static String select(String tasks) {
        return SELECT.formatted(tasks);
    }

    Void add(Row row) throws SQLException {
        var id = row.text("id");
        if (!points.containsKey(id)) {
            points.put(id, new PagePoint(row.instant("created_at"), new dev.reprise.identity.GenerationId(id)));
            TaskRowReader.read(row).ifPresent(task -> rows.put(id, task));
        }
        usage.merge(id, AttemptRowReader.usage(row), Usage::plus);
        return null;
    }

    /** Where each row stands in a list, those included that could not be read. */
    Map<String, PagePoint> points() {
        return points;
    }

    /** A task, if it was there and could be read. */
    Optional<TaskSummary> get(String id) {
        return Optional.ofNullable(rows.get(id)).map(row -> new TaskSummary(row, usage.getOrDefault(id, Usage.NONE)));
    }

    /** All that could be read. */
    List<TaskSummary> all() {
        return rows.keySet().stream().flatMap(id -> get(id).stream()).toList();
    }
}
