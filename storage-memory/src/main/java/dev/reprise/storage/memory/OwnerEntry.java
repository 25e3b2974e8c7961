package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.store.PagePoint;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one owner can see, or everybody: the tasks that have not been deleted. Guarded by the store's lock. */
final class OwnerEntry {

    /** The order of lists and feeds. */
    static final Comparator<PagePoint> NEWEST_FIRST = Comparator.comparing(PagePoint::createdAt)
            .thenComparing(point -> point.id().value())
            .reversed();

    private final NavigableMap<PagePoint, Task> newest = new TreeMap<>(NEWEST_FIRST);
    private final Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);

    void add(Task task) {
        newest.put(task.point, task);
        count(task.state(), 1);
    }

    void remove(Task task) {
        newest.remove(task.point);
        count(task.state(), -1);
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    /** Follows a task's state: into one (1) or out of one (-1). */
    void count(TaskState state, int by) {
        long after = counts.getOrDefault(state, 0L) + by;
        if (after == 0) {
            counts.remove(state);
        } else {
            counts.put(state, after);
        }
    }

    Map<TaskState, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The tasks that are strictly older than a point, or all; newest first. */
    NavigableMap<PagePoint, Task> olderThan(@Nullable PagePoint point) {
        return point == null ? newest : newest.tailMap(point, false);
    }
}
