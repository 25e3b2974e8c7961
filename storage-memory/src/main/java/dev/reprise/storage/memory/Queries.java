package dev.reprise.storage.memory;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be asked of many tasks at once. Guarded by the store's lock. */
final class Queries {

    /** Sorts before every other id, so that a page after it begins with what is older than an instant. */
    private static final GenerationId LOWEST = new GenerationId("\0");

    private final Tables tables;

    Queries(Tables tables) {
        this.tables = tables;
    }

    Slice<StoredTask> list(TaskQuery query) {
        var filter = query.filter();
        var from = filter.createdFrom();
        return slice(
                candidates(query)
                        .takeWhile(task -> from == null || !task.createdAt().isBefore(from)),
                task -> matches(task, filter),
                Task::stored,
                filter.limit());
    }

    Slice<StoredBatch> feed(Scope scope, int limit, @Nullable PagePoint after) {
        return slice(
                tables.visibleTo(scope).olderThan(after).values().stream(),
                task -> task.placement.leadsFeed(),
                Queries::feedEntry,
                limit);
    }

    List<StoredTask> children(Scope scope, GenerationId parent) {
        return tables.children(scope, parent)
                .sorted(Comparator.comparing((Task child) -> child.point, OwnerEntry.NEWEST_FIRST.reversed()))
                .map(Task::stored)
                .toList();
    }

    /** The tasks of a batch, or of a task by itself, in their order; empty when there is none. */
    List<Task> tasksOf(Scope scope, BatchId id) {
        var batch = tables.find(scope, id);
        if (batch != null) {
            return batch.tasks().toList();
        }
        var alone = tables.find(scope, new GenerationId(id.value()));
        return alone == null || alone.batch != null ? List.of() : List.of(alone);
    }

    /** A batch as it is read, told from its first task. */
    static StoredBatch feedEntry(Task first) {
        return first.batch != null
                ? first.batch.stored()
                : new StoredBatch(
                        new BatchId(first.id().value()),
                        first.owner,
                        first.labels.label(),
                        first.createdAt(),
                        List.of(first.stored()));
    }

    /** The fewest tasks among which all that match can be found, newest first, from where the page begins. */
    private Stream<Task> candidates(TaskQuery query) {
        var scope = query.scope();
        var filter = query.filter();
        var start = start(query);
        if (filter.parent() != null) {
            return newestFirst(tables.children(scope, filter.parent()), start);
        }
        if (filter.batch() != null) {
            return newestFirst(tasksOf(scope, filter.batch()).stream(), start);
        }
        return tables.visibleTo(scope).olderThan(start).values().stream();
    }

    private static @Nullable PagePoint start(TaskQuery query) {
        var before = query.filter().createdBefore();
        var after = query.after();
        if (before == null) {
            return after;
        }
        var bound = new PagePoint(before, LOWEST);
        return after == null || OwnerEntry.NEWEST_FIRST.compare(bound, after) > 0 ? bound : after;
    }

    private static Stream<Task> newestFirst(Stream<Task> tasks, @Nullable PagePoint start) {
        return tasks.filter(task -> start == null || OwnerEntry.NEWEST_FIRST.compare(task.point, start) > 0)
                .sorted(Comparator.comparing(task -> task.point, OwnerEntry.NEWEST_FIRST));
    }

    private static boolean matches(Task task, GenerationQuery filter) {
        var labels = task.labels;
        var placement = task.placement;
        var batch = placement.batch() != null
                ? placement.batch()
                : new BatchId(task.id().value());
        return (filter.states().isEmpty() || filter.states().contains(task.state()))
                && (filter.batch() == null || filter.batch().equals(batch))
                && (filter.parent() == null || filter.parent().equals(placement.parent()))
                && (filter.kind() == null || filter.kind() == labels.kind())
                && (filter.label() == null || filter.label().equals(labels.label()));
    }

    private static <T> Slice<T> slice(
            Stream<Task> newestFirst, Predicate<Task> matches, Function<Task, T> read, int limit) {
        Collection<Task> page = newestFirst.filter(matches).limit(limit + 1L).toList();
        var rows = new ArrayList<T>(limit);
        PagePoint last = null;
        for (Task task : page) {
            if (rows.size() == limit) {
                return new Slice<>(rows, last);
            }
            rows.add(read.apply(task));
            last = task.point;
        }
        return new Slice<>(rows, null);
    }
}
