package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.TaskState;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.rules.BatchFacts;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch whose row a transaction has locked, and what the transaction changes of it. */
final class LockedBatch {

    /** What {@link #read} needs. */
    static final String COLUMNS = """
            id, concurrency, stops_on_failure, paused, stopped, size, succeeded, failed, cancelled, skipped, deleted, \
            finished_at, revision, :now AS now_at""";

    private final String id;
    private final int size;
    private final long now;
    private final Map<TaskState, Integer> ended = new EnumMap<>(TaskState.class);
    private BatchFacts facts;
    private int deleted;
    private long revision;
    private @Nullable Long finishedAt;
    private boolean changed;
    private boolean touched;

    private LockedBatch(Row row) throws SQLException {
        id = row.text("id");
        size = row.number("size");
        now = row.big("now_at");
        ended.put(TaskState.SUCCEEDED, row.number("succeeded"));
        ended.put(TaskState.FAILED, row.number("failed"));
        ended.put(TaskState.CANCELLED, row.number("cancelled"));
        ended.put(TaskState.SKIPPED, row.number("skipped"));
        facts = new BatchFacts(
                row.numberOrNull("concurrency"), row.yes("stops_on_failure"), row.yes("paused"), row.yes("stopped"));
        deleted = row.number("deleted");
        revision = row.big("revision");
        finishedAt = row.bigOrNull("finished_at");
    }

    static LockedBatch read(Row row) throws SQLException {
        return new LockedBatch(row);
    }

    String id() {
        return id;
    }

    BatchFacts facts() {
        return facts;
    }

    int ended(TaskState state) {
        return ended.getOrDefault(state, 0);
    }

    int deleted() {
        return deleted;
    }

    long revision() {
        return revision;
    }

    @Nullable
    Long finishedAt() {
        return finishedAt;
    }

    /** A task of it has changed. */
    void touch() {
        touched = true;
    }

    /** Whether a place in it may have become free, or another of its tasks may queue for one. */
    boolean mayAdmit() {
        return touched && facts.isLimited();
    }

    void taskEnded(TaskState state) {
        ended.merge(state, 1, Integer::sum);
        change();
    }

    void taskDeleted() {
        deleted++;
        change();
    }

    void stop() {
        facts = facts.stop();
        change();
    }

    private void change() {
        if (!changed) {
            revision++;
        }
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    /** Whether all of it has ended and nobody has said so. */
    boolean isOver() {
        return finishedAt == null
                && size == ended.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** These are the counts of its rows, which win over what was counted along the way. */
    void recounted(Map<TaskState, Integer> counted) {
        ended.replaceAll((state, before) -> counted.getOrDefault(state, 0));
        if (isOver()) {
            finishedAt = now;
        }
    }
}
