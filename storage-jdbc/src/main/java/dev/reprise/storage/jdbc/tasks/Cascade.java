package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may follow from changes of tasks, read before any lock: the tasks that wait for them at every level, and the batches
 * of all of these, with everything that a batch that stops would skip. So the rows that have to be locked are known before
 * the first of them is.
 */
final class Cascade {

    static final String LEVEL = """
            SELECT t.id, t.batch, b.stops_on_failure AS stops FROM {task} t LEFT JOIN {batch} b ON b.id = t.batch
            WHERE t.id {in:ids}
            UNION ALL SELECT t.id, t.batch, b.stops_on_failure AS stops FROM {dependency} d
                JOIN {task} t ON t.id = d.task LEFT JOIN {batch} b ON b.id = t.batch
            WHERE d.depends_on {in:ids} AND {is t.DEPENDENT}""";
    static final String SKIPPED_WITH_BATCH = "SELECT t.id FROM {task} t WHERE t.batch {in:batches} AND {is t.WAITING}";

    private final Set<String> tasks = new HashSet<>();
    private final Set<String> batches = new HashSet<>();

    private Cascade() {}

    private record Found(String id, @Nullable String batch, boolean stops) {}

    static Cascade of(Tx tx, Collection<String> ids) throws SQLException {
        var cascade = new Cascade();
        Collection<String> level = ids;
        while (!level.isEmpty()) {
            level = cascade.add(tx, level);
        }
        return cascade;
    }

    /** Adds a level; returns the next. */
    private Set<String> add(Tx tx, Collection<String> level) throws SQLException {
        Set<String> next = new HashSet<>();
        List<String> stopping = new ArrayList<>();
        tasks.addAll(level);
        for (Found one : tx.sql(LEVEL)
                .set("ids", level)
                .list(row -> new Found(row.text("id"), row.textOrNull("batch"), row.yes("stops")))) {
            if (tasks.add(one.id)) {
                next.add(one.id);
            }
            if (one.batch != null && batches.add(one.batch) && one.stops) {
                stopping.add(one.batch);
            }
        }
        if (!stopping.isEmpty()) {
            tx.sql(SKIPPED_WITH_BATCH)
                    .set("batches", stopping)
                    .list(row -> tasks.add(row.text("id")) && next.add(row.text("id")));
        }
        return next;
    }

    Set<String> tasks() {
        return tasks;
    }

    Set<String> batches() {
        return batches;
    }
}
