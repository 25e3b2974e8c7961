package dev.reprise.storage.jdbc.reading;

import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Payload;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks with their payloads and attempts, gathered from one statement and so from one snapshot: a row for each attempt,
 * the payloads on the first. A statement may bring a task more than once.
 */
public final class StoredRows {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRows.class);
    private static final String SELECT = """
            SELECT %s, q.body AS request_body, s.body AS result_body, b.label AS batch_label, b.size AS batch_size, b.finished_at AS batch_finished_at, %s
            FROM %%s
            LEFT JOIN {attempt} a ON a.task = t.id
            LEFT JOIN {request} q ON q.task = t.id
                AND (a.epoch IS NULL OR a.epoch = (SELECT MIN(f.epoch) FROM {attempt} f WHERE f.task = t.id))
            LEFT JOIN {result} s ON s.task = t.id
                AND (a.epoch IS NULL OR a.epoch = (SELECT MIN(g.epoch) FROM {attempt} g WHERE g.task = t.id))
            LEFT JOIN {batch} b ON b.id = t.batch""".formatted(TaskRowReader.COLUMNS, AttemptRowReader.COLUMNS);

    private final Map<String, PagePoint> points = new LinkedHashMap<>();
    private final Map<String, Gathered> tasks = new LinkedHashMap<>();

    /** What is known of a task's batch. */
    record Group(@Nullable String label, int size, @Nullable Instant finishedAt) {}

    /** What is known of a task so far. */
    public static final class Gathered {
        private final TaskRow row;
        private final SortedMap<Long, AttemptRow> attempts = new TreeMap<>();
        private final @Nullable Group group;
        private @Nullable Payload request;
        private @Nullable Payload result;

        Gathered(TaskRow row, @Nullable Group group) {
            this.row = row;
            this.group = group;
        }

        TaskRow row() {
            return row;
        }

        /** Its batch, or null when it is in none. */
        @Nullable
        Group group() {
            return group;
        }

        StoredTask stored() {
            return new StoredTask(row, Objects.requireNonNull(request), result, List.copyOf(attempts.values()));
        }
    }

    /** A statement that reads what this gathers, of the rows of another. */
    public static String select(String tasks) {
        return from("(" + tasks + ") t");
    }

    /** A statement that reads what this gathers, of a table {@code t} or a join with one. */
    public static String from(String tables) {
        return SELECT.formatted(tables);
    }

    public Void add(Row row) throws SQLException {
        var id = row.text("id");
        if (!points.containsKey(id)) {
            points.put(id, new PagePoint(row.instant("created_at"), new GenerationId(id)));
            var size = row.numberOrNull("batch_size");
            var group = size == null
                    ? null
                    : new Group(row.textOrNull("batch_label"), size, row.instantOrNull("batch_finished_at"));
            TaskRowReader.read(row).ifPresent(task -> tasks.put(id, new Gathered(task, group)));
        }
        Gathered task = tasks.get(id);
        if (task != null) {
            AttemptRowReader.read(row).ifPresent(attempt -> task.attempts.put(attempt.epoch(), attempt));
            task.request = task.request == null ? Payload.ofNullable(row.bytes("request_body")) : task.request;
            task.result = task.result == null ? Payload.ofNullable(row.bytes("result_body")) : task.result;
        }
        return null;
    }

    /** Where each row stands in a list, those included that could not be read. */
    public Map<String, PagePoint> points() {
        return points;
    }

    /** A task, if it was there and could be read. */
    public Optional<Gathered> get(String id) {
        return Optional.ofNullable(tasks.get(id)).filter(StoredRows::isWhole);
    }

    /** All that could be read. */
    public List<Gathered> all() {
        return tasks.values().stream().filter(StoredRows::isWhole).toList();
    }

    private static boolean isWhole(Gathered task) {
        if (task.request == null) {
            LOG.warn("generation {} is left out: its request is missing", task.row.id());
        }
        return task.request != null;
    }
}
