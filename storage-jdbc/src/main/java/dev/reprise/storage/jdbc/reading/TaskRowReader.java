package dev.reprise.storage.jdbc.reading;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Row;
import dev.reprise.store.Counters;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Placement;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskTimes;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows of the task table. */
public final class TaskRowReader {

    /** What {@link #read} needs, of a table or query called {@code t}. */
    public static final String COLUMNS = """
            t.id, t.owner, t.kind, t.label, t.provider, t.model, t.processor, t.handler, t.batch, t.batch_position, \
            t.batch_key, t.parent, t.priority, t.created_at, t.due_at, t.deadline_at, t.claimed_at, t.finished_at, \
            t.state, t.reason, t.reason_detail, t.failure_kind, t.failure_blame, t.failure_status, t.run, t.epoch, \
            t.runner, t.attempts, t.failures, t.crashes, t.parameter_retries, t.turn_continuations""";

    private static final Logger LOG = LoggerFactory.getLogger(TaskRowReader.class);

    private TaskRowReader() {}

    /** Reads a row, or logs why this version of the library cannot: a kind it does not know. */
    public static Optional<TaskRow> read(Row row) throws SQLException {
        var id = row.text("id");
        try {
            return Optional.of(readKnown(row, id));
        } catch (IllegalArgumentException | InvalidRequestException e) {
            LOG.warn("generation {} is left out: {}", id, e.getMessage());
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
                new TaskStatus(
                        state,
                        state.name().equals(word)
                                ? StateReason.of(row.textOrNull("reason"), row.textOrNull("reason_detail"))
                                : Reason.UNKNOWN_STATE.of(word),
                        FailureSummary.of(
                                row.textOrNull("failure_kind"),
                                row.textOrNull("failure_blame"),
                                row.numberOrNull("failure_status")),
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
                row.textOrNull("provider"),
                row.textOrNull("model"),
                row.textOrNull("processor"),
                row.textOrNull("handler"));
    }

    private static Placement placement(Row row) throws SQLException {
        var batch = row.textOrNull("batch");
        var parent = row.textOrNull("parent");
        return new Placement(
                batch == null ? null : new BatchId(batch),
                row.numberOrNull("batch_position"),
                row.textOrNull("batch_key"),
                parent == null ? null : new GenerationId(parent));
    }

    public static Counters counters(Row row) throws SQLException {
        return new Counters(
                row.number("attempts"),
                row.number("failures"),
                row.number("crashes"),
                row.number("parameter_retries"),
                row.number("turn_continuations"));
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
    public static TaskState stateOf(String name) {
        var known = stateOrNull(name);
        return known == null ? TaskState.PARKED : known;
    }

    public static @Nullable TaskState stateOrNull(String name) {
        try {
            return TaskState.valueOf(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
