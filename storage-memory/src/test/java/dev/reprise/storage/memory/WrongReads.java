package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.BatchRow;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Purging;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredChain;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskSummary;
import dev.reprise.store.TaskTimes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores that do not show what there is, or do not do what the app wants. */
final class WrongReads {

    private WrongReads() {}

    /** A page that is full has another after it, though there is nothing more. */
    static TaskStore fullPageHasAnother(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Slice<TaskSummary> list(TaskQuery query) {
                var page = super.list(query);
                int size = page.rows().size();
                if (size < query.filter().limit() || page.next() != null) {
                    return page;
                }
                var last = page.rows().get(size - 1).row();
                return new Slice<>(page.rows(), new PagePoint(last.times().createdAt(), last.id()));
            }
        };
    }

    /** A batch is not in the feed any more when its first task has been deleted. */
    static TaskStore feedHidesHeadlessBatch(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
                var page = super.feed(scope, limit, after);
                return new Slice<>(
                        page.rows().stream()
                                .filter(row ->
                                        row.first().get(0).row().placement().leadsFeed())
                                .toList(),
                        page.next());
            }
        };
    }

    /** A batch never finishes of which something was deleted. */
    static TaskStore deletionKeepsBatchOpen(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
                var page = super.feed(scope, limit, after);
                return new Slice<>(
                        page.rows().stream().map(row -> unfinished(row)).toList(), page.next());
            }

            @Override
            public Optional<BatchRow> summary(Scope scope, BatchId id) {
                return super.summary(scope, id).map(row -> unfinished(row));
            }
        };
    }

    private static BatchRow unfinished(BatchRow row) {
        var finishedAt = row.counts().deleted() > 0 ? null : row.finishedAt();
        return new BatchRow(
                row.id(),
                row.owner(),
                row.label(),
                row.createdAt(),
                row.run(),
                row.counts(),
                row.started(),
                finishedAt,
                row.first());
    }

    /** A batch that stops spares what has been tried before. */
    static TaskStore stoppingSparesWhatWasTried(TaskStore right) {
        return ShownRows.of(
                new WrongStore(right) {},
                row -> row.status().isBecause(Reason.STOPPED) && row.counters().attempts() > 0 ? ready(row) : row);
    }

    private static TaskRow ready(TaskRow row) {
        var status = row.status();
        var times = row.times();
        return new TaskRow(
                row.id(),
                row.owner(),
                row.labels(),
                row.placement(),
                row.priority(),
                new TaskStatus(TaskState.READY, null, null, status.run(), status.epoch(), null),
                row.counters(),
                new TaskTimes(times.createdAt(), null, times.deadlineAt(), times.claimedAt(), null));
    }

    /** A parent goes although it has children. */
    static TaskStore purgeTakesParents(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Optional<Purging> purging() {
                return super.purging().map(purging -> retention -> {
                    var before = now().minus(retention.keep());
                    rows().stream()
                            .filter(row -> endedBefore(row, before) && hasChildren(row))
                            .forEach(row -> delete(Scope.ALL, row.id()));
                    return purging.purge(retention);
                });
            }

            private boolean hasChildren(TaskRow row) {
                return !children(Scope.ALL, row.id()).isEmpty();
            }
        };
    }

    private static boolean endedBefore(TaskRow row, Instant before) {
        var finishedAt = row.times().finishedAt();
        return finishedAt != null && finishedAt.isBefore(before);
    }

    /** Anybody may cancel anything. */
    static TaskStore cancelIgnoresOwners(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Optional<Cancelled> cancel(Scope scope, GenerationId id) {
                return super.cancel(Scope.ALL, id);
            }
        };
    }

    /** A chain goes on beyond what continues another. */
    static TaskStore chainCrossesContinuations(TaskStore right) {
        return new WrongStore(right) {
            @Override
            public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
                return super.chain(scope, id, limit, true);
            }
        };
    }
}
