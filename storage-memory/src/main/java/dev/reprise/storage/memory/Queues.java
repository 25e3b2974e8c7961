package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tasks that wait for something a runner does, each in the order of its turn: a claim, its time, a place in its
 * batch, a runner that knows how. Guarded by the store's lock.
 */
final class Queues {

    private final NavigableSet<Task> ready = new TreeSet<>(Task.BY_PRIORITY_AND_AGE);
    private final NavigableSet<Task> scheduled =
            new TreeSet<>(Comparator.comparing(Task::due).thenComparingLong(task -> task.sequence));
    private final Map<String, Set<Task>> parked = new HashMap<>();
    private final NavigableSet<Task> mustEnd =
            new TreeSet<>(Comparator.comparing(Task::mustEndBy).thenComparingLong(task -> task.sequence));

    /** Puts a task where its state says. */
    void enter(Task task) {
        if (mustEnd(task)) {
            mustEnd.add(task);
        }
        switch (task.state()) {
            case READY -> ready.add(task);
            case SCHEDULED -> scheduled.add(task);
            case RUNNING, UPLOADING -> Objects.requireNonNull(task.runner()).add(task);
            case HELD -> {
                if (task.batch != null) {
                    task.batch.held().add(task);
                }
            }
            case PARKED ->
                parked.computeIfAbsent(parkedFor(task), reason -> new LinkedHashSet<>())
                        .add(task);
            case WAITING, SUCCEEDED, FAILED, CANCELLED, SKIPPED -> {}
        }
    }

    /** Takes a task from where its state says. */
    void leave(Task task) {
        mustEnd.remove(task);
        switch (task.state()) {
            case READY -> ready.remove(task);
            case SCHEDULED -> scheduled.remove(task);
            case RUNNING, UPLOADING -> Objects.requireNonNull(task.runner()).remove(task);
            case HELD -> {
                if (task.batch != null) {
                    task.batch.held().remove(task);
                }
            }
            case PARKED -> {
                var others = parked.getOrDefault(parkedFor(task), Set.of());
                others.remove(task);
                if (others.isEmpty()) {
                    parked.remove(parkedFor(task));
                }
            }
            case WAITING, SUCCEEDED, FAILED, CANCELLED, SKIPPED -> {}
        }
    }

    /** READY tasks, the next to be claimed first. */
    NavigableSet<Task> ready() {
        return ready;
    }

    /** SCHEDULED tasks, the next to come due first. */
    NavigableSet<Task> scheduled() {
        return scheduled;
    }

    /** Tasks with a deadline that wait for something, the next whose deadline comes first. */
    NavigableSet<Task> mustEnd() {
        return mustEnd;
    }

    private static boolean mustEnd(Task task) {
        return task.hasDeadline() && !task.state().isTerminal() && task.runner() == null;
    }

    /** The tasks that are {@link TaskState#PARKED} for a reason, as they are now. */
    List<Task> parkedFor(String reason) {
        return List.copyOf(parked.getOrDefault(reason, Set.of()));
    }

    private static String parkedFor(Task task) {
        return Objects.requireNonNullElse(task.reason(), "");
    }
}
