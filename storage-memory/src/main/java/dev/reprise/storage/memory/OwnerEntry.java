package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.store.PagePoint;
import dev.reprise.store.rules.TaskSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one owner can see, or everybody: what has not been deleted. Guarded by the store's lock. */
final class OwnerEntry {

    /** The order of lists and feeds. */
    static final Comparator<PagePoint> NEWEST_FIRST = (one, other) -> {
        int byTime = other.createdAt().compareTo(one.createdAt());
        return byTime != 0 ? byTime : other.id().value().compareTo(one.id().value());
    };

    private final NavigableMap<PagePoint, TaskEntry> tasks = new TreeMap<>(NEWEST_FIRST);
    private final NavigableMap<PagePoint, FeedItem> feed = new TreeMap<>(NEWEST_FIRST);
    private final Map<TaskState, NavigableMap<PagePoint, TaskEntry>> rare = new EnumMap<>(TaskState.class);
    private final Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);

    OwnerEntry() {
        TaskSet.RARE.states().forEach(state -> rare.put(state, new TreeMap<>(NEWEST_FIRST)));
    }

    /** A task has come; its state is entered besides. */
    void add(TaskEntry task) {
        tasks.put(task.point(), task);
        var item = item(task);
        feed.putIfAbsent(item.point(), item);
    }

    /** A task has gone; its batch has gone with the last of its tasks. */
    void remove(TaskEntry task) {
        tasks.remove(task.point());
        if (task.batch == null || !task.batch.isVisible()) {
            feed.remove(item(task).point());
        }
    }

    private static FeedItem item(TaskEntry task) {
        return task.batch == null ? task : task.batch;
    }

    /** Follows a task into its state. */
    void enter(TaskEntry task) {
        counts.merge(task.state(), 1L, Long::sum);
        var others = rare.get(task.state());
        if (others != null) {
            others.put(task.point(), task);
        }
    }

    /** Follows a task out of its state. */
    void leave(TaskEntry task) {
        counts.computeIfPresent(task.state(), (state, count) -> count == 1 ? null : (Long) (count - 1));
        var others = rare.get(task.state());
        if (others != null) {
            others.remove(task.point());
        }
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    Map<TaskState, Long> counts() {
        return Map.copyOf(counts);
    }

    /**
     * The tasks in some states, or in any when there are none, that are strictly older than a point, or all: newest first,
     * in one stream for each index that has them.
     */
    Stream<Stream<TaskEntry>> olderThan(@Nullable PagePoint point, Set<TaskState> states) {
        if (!states.isEmpty() && rare.keySet().containsAll(states)) {
            return states.stream().map(state -> older(rare.getOrDefault(state, tasks), point));
        }
        if (!states.isEmpty() && states.stream().noneMatch(counts::containsKey)) {
            return Stream.empty();
        }
        return Stream.of(older(tasks, point));
    }

    private static Stream<TaskEntry> older(NavigableMap<PagePoint, TaskEntry> some, @Nullable PagePoint point) {
        return UnsizedStream.of((point == null ? some : some.tailMap(point, false)).values());
    }

    /** Batches, and tasks by themselves, that are strictly older than a point, or all; newest first. */
    Stream<FeedItem> feed(@Nullable PagePoint point) {
        return UnsizedStream.of((point == null ? feed : feed.tailMap(point, false)).values());
    }
}
