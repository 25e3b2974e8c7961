package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks by a time of theirs, then by id. Guarded by the store's lock. */
final class TimeIndex {

    private static final Comparator<Key> ORDER = (one, other) -> {
        int byTime = one.at.compareTo(other.at);
        return byTime != 0 ? byTime : one.id.value().compareTo(other.id.value());
    };

    /** Sorts before every other id. */
    private static final GenerationId LOWEST = new GenerationId("\u0001");

    private final NavigableMap<Key, TaskEntry> tasks = new TreeMap<>(ORDER);

    /**
     * Where a task stands.
     *
     * @param at its time
     * @param id its id
     */
    record Key(Instant at, GenerationId id) {

        /** Before all tasks of a time. */
        static Key before(Instant at) {
            return new Key(at, LOWEST);
        }

        /** Where a task stands that has ended. */
        static Key ofEnd(TaskEntry task) {
            return new Key(Objects.requireNonNull(task.finishedAt()), task.id());
        }
    }

    void add(@Nullable Instant at, TaskEntry task) {
        if (at != null) {
            tasks.put(new Key(at, task.id()), task);
        }
    }

    void remove(@Nullable Instant at, TaskEntry task) {
        if (at != null) {
            tasks.remove(new Key(at, task.id()));
        }
    }

    /** The first time, or null when there is no task. */
    @Nullable
    Instant first() {
        return tasks.isEmpty() ? null : tasks.firstKey().at();
    }

    /** Those whose time has come, the first first. */
    Stream<TaskEntry> until(Instant now) {
        return UnsizedStream.of(
                tasks.headMap(Key.before(now.plusMillis(1)), false).values());
    }

    /** Those whose time is not before another. */
    Stream<TaskEntry> from(Instant time) {
        return UnsizedStream.of(tasks.tailMap(Key.before(time), true).values());
    }

    /** The last few that come before a place, the last first. */
    List<TaskEntry> before(Key place, int limit) {
        return UnsizedStream.of(tasks.headMap(place, false).descendingMap().values())
                .limit(limit)
                .toList();
    }
}
