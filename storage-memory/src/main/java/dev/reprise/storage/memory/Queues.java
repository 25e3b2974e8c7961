package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.KnownNames;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.rules.Orders;
import dev.reprise.store.rules.TaskSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for something a runner does, each in the order of its turn: a claim, its time, its deadline, a runner
 * that knows how. Guarded by the store's lock.
 */
final class Queues {

    /** Sorts after every other id. */
    private static final GenerationId HIGHEST = new GenerationId("\uffff");

    private final NavigableMap<Orders.Place, TaskEntry> claimable = new TreeMap<>(Orders.CLAIMS);
    private final TimeIndex scheduled = new TimeIndex();
    private final TimeIndex deadlines = new TimeIndex();
    private final Map<Names, Set<TaskEntry>> parked = new HashMap<>();

    /** What a process must know to run a task. */
    private record Names(
            @Nullable String provider,
            @Nullable String processor,
            @Nullable String handler) {

        private static Names of(TaskLabels labels) {
            return new Names(labels.provider(), labels.processor(), labels.handler());
        }
    }

    /** Puts a task where its state says. */
    void enter(TaskEntry task) {
        if (TaskSet.WAITING.has(task.state(), task.reason())) {
            deadlines.add(task.deadlineAt, task);
        }
        if (TaskSet.CLAIMABLE.has(task.state(), task.reason())) {
            claimable.put(task.place(), task);
        } else if (TaskSet.SCHEDULED.has(task.state(), task.reason())) {
            scheduled.add(task.dueAt(), task);
        } else if (TaskSet.UNPARKABLE.has(task.state(), task.reason())) {
            parked.computeIfAbsent(Names.of(task.labels), names -> new LinkedHashSet<>())
                    .add(task);
        }
    }

    /** Takes a task from where its state says. */
    void leave(TaskEntry task) {
        if (TaskSet.WAITING.has(task.state(), task.reason())) {
            deadlines.remove(task.deadlineAt, task);
        }
        if (TaskSet.CLAIMABLE.has(task.state(), task.reason())) {
            claimable.remove(task.place());
        } else if (TaskSet.SCHEDULED.has(task.state(), task.reason())) {
            scheduled.remove(task.dueAt(), task);
        } else if (TaskSet.UNPARKABLE.has(task.state(), task.reason())) {
            parked.computeIfPresent(
                    Names.of(task.labels), (names, others) -> others.remove(task) && others.isEmpty() ? null : others);
        }
    }

    /** The next few to be claimed. */
    List<TaskEntry> claimable(int limit) {
        return claimable.values().stream().limit(limit).toList();
    }

    boolean hasClaimable() {
        return !claimable.isEmpty();
    }

    /** When the oldest task was stored that may be claimed, or null when there is none: the first of each priority. */
    @Nullable
    Instant oldestClaimable() {
        Instant oldest = null;
        var first = claimable.isEmpty() ? null : claimable.firstKey();
        while (first != null) {
            oldest = oldest == null || first.createdAt().isBefore(oldest) ? first.createdAt() : oldest;
            first = claimable.higherKey(
                    new Orders.Place(HIGHEST, first.priority(), Instant.MAX, first.position(), first.tried()));
        }
        return oldest;
    }

    /** Tasks that wait for their time, by it. */
    TimeIndex scheduled() {
        return scheduled;
    }

    /** Tasks that wait for anything but a runner and have a deadline, by it. */
    TimeIndex deadlines() {
        return deadlines;
    }

    /** The tasks that were put aside because nobody knew these names. */
    List<TaskEntry> parkedFor(KnownNames known) {
        var some = new ArrayList<TaskEntry>();
        for (Set<TaskEntry> same : parked.values()) {
            if (known.canRun(same.iterator().next().labels)) {
                some.addAll(same);
            }
        }
        return some;
    }
}
