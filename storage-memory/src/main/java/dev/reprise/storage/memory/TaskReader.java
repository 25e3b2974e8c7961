package dev.reprise.storage.memory;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads of tasks. Guarded by the store's lock. */
final class TaskReader {

    /** Sorts before every other id, so that a page after it begins with what is older than an instant. */
    private static final GenerationId LOWEST = new GenerationId("\u0001");

    private static final Comparator<TaskEntry> NEWEST_FIRST =
            Comparator.comparing(TaskEntry::point, OwnerEntry.NEWEST_FIRST);

    private TaskReader() {}

    static <T> List<T> find(Tx tx, Scope scope, Collection<GenerationId> ids, Function<TaskEntry, T> read) {
        return ids.stream()
                .distinct()
                .map(id -> tx.tasks().find(scope, id))
                .filter(Objects::nonNull)
                .map(read)
                .toList();
    }

    static Map<GenerationId, TaskState> states(Tx tx, Collection<GenerationId> ids) {
        var states = new LinkedHashMap<GenerationId, TaskState>();
        for (GenerationId id : ids) {
            var task = tx.tasks().find(Scope.ALL, id);
            if (task != null) {
                states.put(id, task.state());
            }
        }
        return states;
    }

    static StoredTask stored(Tx tx, TaskEntry task) {
        var companions = tx.companions();
        return new StoredTask(
                task.row(),
                companions.requests().of(task),
                companions.results().of(task),
                companions.attempts().rows(task));
    }

    static TaskSummary summary(Tx tx, TaskEntry task) {
        return new TaskSummary(task.row(), tx.companions().attempts().usage(task));
    }

    static List<TaskSummary> children(Tx tx, Scope scope, GenerationId parent) {
        var newestFirst = new ArrayList<>(visibleChildren(tx, scope, parent)
                .map(child -> summary(tx, child))
                .toList());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private static Stream<TaskEntry> visibleChildren(Tx tx, Scope scope, GenerationId parent) {
        return tx.tasks().children(parent).stream().filter(child -> !child.isDeleted() && scope.covers(child.owner));
    }

    static Slice<TaskSummary> list(Tx tx, TaskQuery query) {
        var filter = query.filter();
        var from = filter.createdFrom();
        int limit = filter.limit();
        List<TaskEntry> page = candidates(tx, query)
                .flatMap(newestFirst -> newestFirst
                        .takeWhile(task ->
                                from == null || !task.point().createdAt().isBefore(from))
                        .filter(task -> matches(task, filter))
                        .limit(limit + 1L))
                .sorted(NEWEST_FIRST)
                .limit(limit + 1L)
                .toList();
        return slice(page, limit, TaskEntry::point, task -> summary(tx, task));
    }

    /** A page of rows of which there is one more when there is another page. */
    static <E, T> Slice<T> slice(List<E> rows, int limit, Function<E, PagePoint> point, Function<E, T> read) {
        var page = rows.subList(0, Math.min(limit, rows.size()));
        return new Slice<>(
                page.stream().map(read).toList(), rows.size() > limit ? point.apply(page.get(limit - 1)) : null);
    }

    /** The fewest tasks among which all that match can be found, newest first each, from where the page begins. */
    private static Stream<Stream<TaskEntry>> candidates(Tx tx, TaskQuery query) {
        var scope = query.scope();
        var filter = query.filter();
        var start = start(query);
        if (filter.parent() != null) {
            return Stream.of(after(visibleChildren(tx, scope, filter.parent()), start));
        }
        if (filter.batch() != null) {
            return Stream.of(
                    after(BatchReader.tasks(tx, scope, filter.batch()).stream().sorted(NEWEST_FIRST), start));
        }
        return tx.tasks().visibleTo(scope).olderThan(start, filter.states());
    }

    private static Stream<TaskEntry> after(Stream<TaskEntry> newestFirst, @Nullable PagePoint start) {
        return newestFirst.filter(task -> start == null || OwnerEntry.NEWEST_FIRST.compare(task.point(), start) > 0);
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

    private static boolean matches(TaskEntry task, GenerationQuery filter) {
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
}
