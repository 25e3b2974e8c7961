package dev.reprise.storage.jdbc;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Counters;
import dev.reprise.store.Placement;
import dev.reprise.store.Reasons;
import dev.reprise.store.Standing;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskTimes;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows of the task table. */
final class TaskRows {

    /** What {@link #read} needs, of a table or query called {@code t}. */
    static final String COLUMNS = """
            t.id, t.epoch, t.created_at, t.due_at, t.deadline_at, t.claimed_at, t.finished_at, t.priority, t.run, \
            t.attempts, t.failures, t.crashes, t.repeats, t.pauses, t.place, t.state, t.owner, t.kind, t.provider, \
            t.model, t.reason, t.runner, t.batch, t.task_key, t.parent, t.label, t.processor""";

    private static final Logger LOG = LoggerFactory.getLogger(TaskRows.class);

    private TaskRows() {}

    /** Reads a row, or logs why this version of the library cannot: a kind it does not know. */
    static Optional<TaskRow> read(Row row) throws SQLException {
        var id = row.text("id");
        try {
            return Optional.of(readKnown(row, id));
        } catch (IllegalArgumentException e) {
            LOG.warn("task {} is left out: {}", id, e.getMessage());
            return Optional.empty();
        }
    }

    private static TaskRow readKnown(Row row, String id) throws SQLException {
        var word = row.text("state");
        var state = stateOf(word);
        var runner = row.textOrNull("runner");
        return new TaskRow(
                new GenerationId(id),
                new Owner(row.text("owner")),
                labels(row),
                placement(row),
                row.number("priority"),
                new Standing(
                        state,
                        state.name().equals(word) ? row.textOrNull("reason") : Reasons.UNKNOWN_STATE + word,
                        row.number("run"),
                        row.big("epoch"),
                        runner == null ? null : new RunnerId(runner)),
                counters(row),
                times(row, state));
    }

    private static TaskLabels labels(Row row) throws SQLException {
        return new TaskLabels(
                GenerationKind.valueOf(row.text("kind")),
                row.textOrNull("label"),
                row.text("provider"),
                row.text("model"),
                row.textOrNull("processor"));
    }

    private static Placement placement(Row row) throws SQLException {
        var batch = row.textOrNull("batch");
        var parent = row.textOrNull("parent");
        return new Placement(
                batch == null ? null : new BatchId(batch),
                row.numberOrNull("place"),
                row.textOrNull("task_key"),
                parent == null ? null : new GenerationId(parent));
    }

    static Counters counters(Row row) throws SQLException {
        return new Counters(
                row.number("attempts"),
                row.number("failures"),
                row.number("crashes"),
                row.number("repeats"),
                row.number("pauses"));
    }

    /** A start that is planned for when the task is no longer held or waiting is not shown. */
    private static TaskTimes times(Row row, TaskState state) throws SQLException {
        return new TaskTimes(
                row.instant("created_at"),
                state == TaskState.SCHEDULED ? row.instantOrNull("due_at") : null,
                row.instantOrNull("deadline_at"),
                row.instantOrNull("claimed_at"),
                row.instantOrNull("finished_at"));
    }

    /** A state, or PARKED for one that a newer version has written: nobody here can do anything about it. */
    static TaskState stateOf(String name) {
        var known = stateOrNull(name);
        return known == null ? TaskState.PARKED : known;
    }

    static @Nullable TaskState stateOrNull(String name) {
        try {
            return TaskState.valueOf(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
