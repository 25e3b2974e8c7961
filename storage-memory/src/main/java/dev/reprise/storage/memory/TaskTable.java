package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.rules.Birth;
import dev.reprise.store.rules.Step;
import dev.reprise.store.rules.Transitions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All rows of tasks. A deleted task leaves a bare row, so that nobody can store it a second time and its runner can still
 * record what it spent. Guarded by the store's lock.
 */
final class TaskTable {

    private final Map<GenerationId, TaskEntry> tasks = new HashMap<>();
    private final Map<GenerationId, NavigableMap<PagePoint, TaskEntry>> children = new HashMap<>();
    private final Map<OwnedKey, TaskEntry> keys = new HashMap<>();
    private final TaskIndexes indexes = new TaskIndexes();

    private record OwnedKey(Owner owner, String key) {}

    TaskEntry born(Birth birth, Owner owner, @Nullable BatchEntry batch, Instant now) {
        if (!Transitions.isBeginning(birth.step().state())) {
            throw new IllegalStateException(
                    "a task must not begin as " + birth.step().state());
        }
        var task = new TaskEntry(birth, owner, batch, now);
        tasks.put(task.id(), task);
        var same = task.idempotency();
        if (same != null) {
            keys.put(new OwnedKey(owner, same.key()), task);
        }
        var parent = task.placement.parent();
        if (parent != null) {
            children.computeIfAbsent(parent, none -> new TreeMap<>(OwnerEntry.NEWEST_FIRST))
                    .put(task.point(), task);
        }
        indexes.add(task);
        return task;
    }

    /** @throws IllegalStateException when the table of transitions forbids it */
    void change(TaskEntry task, Step step, Instant now) {
        require(task, step);
        indexes.leave(task);
        task.become(step, now);
        indexes.enter(task);
    }

    /** Changes a task that a runner claims. */
    void claim(TaskEntry task, Step step, RunnerEntry runner, Instant now) {
        require(task, step);
        indexes.leave(task);
        task.become(step, now);
        task.claimed(runner, now);
        indexes.enter(task);
    }

    private static void require(TaskEntry task, Step step) {
        if (!Transitions.isLegal(task.state(), task.run(), step.state(), step.run())) {
            throw new IllegalStateException("task " + task.id() + " must not go from " + task.state() + " in run "
                    + task.run() + " to " + step.state() + " in run " + step.run());
        }
    }

    /** Takes a task that has ended out of everybody's sight, and frees its key. */
    void hide(TaskEntry task) {
        var same = task.idempotency();
        if (same != null) {
            keys.remove(new OwnedKey(task.owner, same.key()), task);
        }
        task.hide();
        indexes.hide(task);
    }

    /** Removes a task that has ended for good. */
    void remove(TaskEntry task) {
        if (!task.isDeleted()) {
            hide(task);
        }
        indexes.forget(task);
        tasks.remove(task.id());
        var parent = task.placement.parent();
        if (parent != null) {
            children.computeIfPresent(parent, (id, all) -> {
                all.remove(task.point());
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** A task's row, also when it was deleted. */
    @Nullable
    TaskEntry row(GenerationId id) {
        return tasks.get(id);
    }

    /** A task that somebody can see. */
    @Nullable
    TaskEntry find(Scope scope, GenerationId id) {
        var task = tasks.get(id);
        return task == null || task.isDeleted() || !scope.covers(task.owner) ? null : task;
    }

    @Nullable
    TaskEntry byKey(Owner owner, String key) {
        return keys.get(new OwnedKey(owner, key));
    }

    /** The children of a task, deleted ones too, newest first. */
    Collection<TaskEntry> children(GenerationId parent) {
        var all = children.get(parent);
        return all == null ? List.of() : all.values();
    }

    /** Whether a task may be claimed that could not be since the last time this was asked. */
    boolean takeReadied() {
        return indexes.takeReadied();
    }

    OwnerEntry visibleTo(Scope scope) {
        return indexes.visibleTo(scope);
    }

    /** What finds tasks by what their rows say. */
    TaskIndexes indexes() {
        return indexes;
    }
}
