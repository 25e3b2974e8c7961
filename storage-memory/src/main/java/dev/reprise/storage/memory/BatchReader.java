package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredBatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of batches, and of tasks by themselves as batches of one. Guarded by the store's lock. */
final class BatchReader {

    private BatchReader() {}

    private static Optional<FeedItem> find(Tx tx, Scope scope, BatchId id) {
        FeedItem batch = tx.batches().find(scope, id);
        if (batch != null) {
            return Optional.of(batch);
        }
        var alone = tx.tasks().find(scope, new GenerationId(id.value()));
        return alone == null || alone.batch != null ? Optional.empty() : Optional.of(alone);
    }

    /** The tasks of a batch, or a task by itself, by position; empty when there is neither. */
    static List<TaskEntry> tasks(Tx tx, Scope scope, BatchId id) {
        return find(tx, scope, id).map(BatchReader::tasks).orElse(List.of());
    }

    private static List<TaskEntry> tasks(FeedItem item) {
        return item instanceof BatchEntry batch ? batch.visible().toList() : List.of((TaskEntry) item);
    }

    static Optional<StoredBatch> batch(Tx tx, Scope scope, BatchId id) {
        return find(tx, scope, id).map(item -> {
            var tasks = tasks(item).stream()
                    .map(task -> TaskReader.stored(tx, task))
                    .toList();
            var row = row(tx, item);
            return new StoredBatch(
                    id, row.owner(), row.label(), row.createdAt(), row.counts().size(), row.finishedAt(), tasks);
        });
    }

    static Optional<BatchRow> summary(Tx tx, Scope scope, BatchId id) {
        return find(tx, scope, id).map(item -> row(tx, item));
    }

    static Slice<BatchRow> feed(Tx tx, Scope scope, int limit, @Nullable PagePoint after) {
        var page = tx.tasks().visibleTo(scope).feed(after).limit(limit + 1L).toList();
        return TaskReader.slice(page, limit, FeedItem::point, item -> row(tx, item));
    }

    private static BatchRow row(Tx tx, FeedItem item) {
        return item instanceof BatchEntry batch ? row(tx, batch) : row(tx, (TaskEntry) item);
    }

    private static BatchRow row(Tx tx, BatchEntry batch) {
        return new BatchRow(
                batch.id(),
                batch.owner(),
                batch.label(),
                batch.point().createdAt(),
                BatchEntry.RUN,
                batch.counts(),
                batch.isStarted(),
                batch.finishedAt(),
                batch.first(BatchRow.FIRST)
                        .map(task -> TaskReader.summary(tx, task))
                        .toList());
    }

    private static BatchRow row(Tx tx, TaskEntry alone) {
        var counts = new BatchCounts(
                1,
                count(alone, TaskState.SUCCEEDED),
                count(alone, TaskState.FAILED),
                count(alone, TaskState.CANCELLED),
                count(alone, TaskState.SKIPPED),
                0);
        return new BatchRow(
                new BatchId(alone.id().value()),
                alone.owner,
                alone.labels.label(),
                alone.point().createdAt(),
                alone.run(),
                counts,
                alone.isTried() || counts.open() == 0,
                alone.finishedAt(),
                List.of(TaskReader.summary(tx, alone)));
    }

    private static int count(TaskEntry task, TaskState state) {
        return task.state() == state ? 1 : 0;
    }
}
