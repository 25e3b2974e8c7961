package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rows of tasks and batches, and how to find them. A deleted task leaves a bare row, so that nobody can store it a
 * second time and its runner can still record what it spent. Guarded by the store's lock.
 */
final class Tables {

    private static final OwnerEntry NOTHING = new OwnerEntry();

    private final Map<GenerationId, Task> tasks = new HashMap<>();
    private final Map<BatchId, BatchEntry> batches = new HashMap<>();
    private final Map<GenerationId, List<Task>> children = new HashMap<>();
    private final Map<OwnedKey, Task> keys = new HashMap<>();
    private final Map<Owner, OwnerEntry> owners = new HashMap<>();
    private final OwnerEntry everybody = new OwnerEntry();
    private long sequence;

    private record OwnedKey(Owner owner, String key) {}

    /** A number that grows with every task. */
    long nextSequence() {
        return sequence++;
    }

    void add(BatchEntry batch) {
        batches.put(batch.id(), batch);
    }

    void add(Task task) {
        tasks.put(task.id(), task);
        everybody.add(task);
        owners.computeIfAbsent(task.owner, owner -> new OwnerEntry()).add(task);
        if (task.idempotency != null) {
            keys.put(new OwnedKey(task.owner, task.idempotency.key()), task);
        }
        if (task.placement.parent() != null) {
            children.computeIfAbsent(task.placement.parent(), parent -> new ArrayList<>(1))
                    .add(task);
        }
    }

    /** Takes a task that has ended out of everybody's sight and erases its payloads. */
    void delete(Task task) {
        task.delete();
        everybody.remove(task);
        var owned = visibleTo(new Scope(task.owner));
        owned.remove(task);
        if (owned.isEmpty()) {
            owners.remove(task.owner);
        }
        if (task.idempotency != null) {
            keys.remove(new OwnedKey(task.owner, task.idempotency.key()), task);
        }
    }

    /** Follows a task's state: into one (1) or out of one (-1). */
    void count(Task task, TaskState state, int by) {
        everybody.count(state, by);
        visibleTo(new Scope(task.owner)).count(state, by);
        if (task.batch != null) {
            task.batch.count(state, by);
        }
    }

    /** A task's row, also when it was deleted. */
    @Nullable
    Task row(GenerationId id) {
        return tasks.get(id);
    }

    /** A task that somebody can see. */
    @Nullable
    Task find(Scope scope, GenerationId id) {
        var task = tasks.get(id);
        return task == null || task.deleted() || !scope.covers(task.owner) ? null : task;
    }

    /** A batch that somebody can see and that has not been deleted as a whole. */
    @Nullable
    BatchEntry find(Scope scope, BatchId id) {
        var batch = batches.get(id);
        return batch == null
                        || !scope.covers(batch.owner())
                        || batch.tasks().findAny().isEmpty()
                ? null
                : batch;
    }

    /** Whether there has ever been a batch of this id. */
    boolean has(BatchId id) {
        return batches.containsKey(id);
    }

    @Nullable
    Task byKey(Owner owner, String key) {
        return keys.get(new OwnedKey(owner, key));
    }

    OwnerEntry visibleTo(Scope scope) {
        return scope.owner() == null ? everybody : owners.getOrDefault(scope.owner(), NOTHING);
    }

    /** The children of a task that somebody can see, in no order. */
    Stream<Task> children(Scope scope, GenerationId parent) {
        return children.getOrDefault(parent, List.of()).stream()
                .filter(child -> !child.deleted() && scope.covers(child.owner));
    }
}
