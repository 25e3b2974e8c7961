package dev.reprise.codec;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.Batch;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.Origin;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Payload;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskRow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns stored rows into what the app sees. A payload that cannot be read never hides the rest of a row or a list. */
public final class GenerationReader {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationReader.class);
    private static final StoredRequest UNREADABLE = StoredRequest.plain(GenerationRequest.of("(unreadable)"));

    private GenerationReader() {}

    /** A task as the app sees it. */
    public static Generation read(StoredTask task) {
        var row = task.row();
        var asked = decoded(row, task.request(), RequestCodec::decode);
        if (asked == null) {
            asked = UNREADABLE;
        }
        var result = task.result() == null ? null : decoded(row, task.result(), OutcomeCodec::result);
        return new Generation(
                row.id(), origin(row, asked), asked.request(), progress(task), result, failure(task, result));
    }

    /** A batch as the app sees it. */
    public static Batch read(StoredBatch batch) {
        return new Batch(
                batch.id(),
                batch.owner().value(),
                batch.label(),
                batch.createdAt(),
                batch.size(),
                batch.finishedAt(),
                batch.tasks().stream().map(GenerationReader::read).toList());
    }

    private static Origin origin(TaskRow row, StoredRequest asked) {
        var parent = row.placement().parent();
        var instruction = asked.instruction();
        return new Origin(
                row.owner().value(),
                row.labels().kind(),
                row.placement().batch(),
                row.placement().position(),
                asked.variationCount(),
                parent == null
                        ? null
                        : new Origin.Lineage(parent, instruction == null ? "" : instruction, asked.continuationType()),
                row.times().createdAt());
    }

    private static Generation.Progress progress(StoredTask task) {
        var row = task.row();
        var reason = row.status().reason();
        return new Generation.Progress(
                row.state(),
                reason == null ? null : reason.text(),
                row.times().dueAt(),
                row.times().finishedAt(),
                task.attempts().stream().map(attempt -> attempt(row, attempt)).toList());
    }

    private static Attempt attempt(TaskRow task, AttemptRow row) {
        var exchange = row.detail() == null ? null : decoded(task, row.detail(), OutcomeCodec::exchange);
        return new Attempt(
                row.number(),
                row.run(),
                row.outcome(),
                row.startedAt(),
                row.endedAt(),
                row.delay(),
                row.usage(),
                exchange == null ? Attempt.Exchange.NONE : exchange);
    }

    /** The stored failure, or the one that the state itself tells. */
    private static @Nullable GenerationFailure failure(StoredTask task, @Nullable GenerationResult result) {
        var row = task.row();
        if (!row.state().isTerminal() || result != null) {
            return null;
        }
        var stored = task.result() == null ? null : decoded(row, task.result(), OutcomeCodec::failure);
        if (stored != null) {
            return stored;
        }
        var reason = row.status().reason();
        var summary = row.status().failure();
        var kind = summary != null
                ? summary.kind()
                : row.state() == TaskState.FAILED ? FailureKind.UNKNOWN : FailureKind.CANCELLED;
        var message = reason == null ? row.state().name() : row.state() + ": " + reason.text();
        return GenerationFailure.builder(kind, message)
                .reference(reference(row, row.counters().attempts()))
                .build();
    }

    /** What support can look up: the task and the attempt. */
    public static String reference(TaskRow row, int attempt) {
        return row.id().value() + "#" + attempt;
    }

    private static <T extends @Nullable Object> @Nullable T decoded(
            TaskRow row, Payload payload, Function<Payload, T> decoder) {
        try {
            return decoder.apply(payload);
        } catch (RuntimeException e) {
            LOG.warn("generation {} has a payload that cannot be read: {}", row.id(), e.toString());
            return null;
        }
    }
}
