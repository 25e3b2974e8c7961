package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.NewBatch;
import dev.reprise.store.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A batch's row, with its tasks and the places they take. Guarded by the store's lock. */
final class BatchEntry {

    private final NewBatch batch;
    private final Owner owner;
    private final Instant createdAt;
    private final List<Task> tasks = new ArrayList<>();
    private final NavigableSet<Task> held = new TreeSet<>(Task.BY_PRIORITY_AND_AGE);
    private int underWay;

    BatchEntry(NewBatch batch, Owner owner, Instant createdAt) {
        this.batch = batch;
        this.owner = owner;
        this.createdAt = createdAt;
    }

    /** Its tasks from now on. */
    void fill(List<Task> all) {
        tasks.addAll(all);
        tasks.sort(Task.BY_POSITION);
    }

    BatchId id() {
        return batch.id();
    }

    Owner owner() {
        return owner;
    }

    boolean limited() {
        return batch.limit() != null;
    }

    boolean stopsOnFailure() {
        return batch.stopsOnFailure();
    }

    /** Whether another of its tasks may be under way. */
    boolean hasPlace() {
        return batch.limit() == null || underWay < batch.limit();
    }

    /** Whether more of its tasks are under way than may be. */
    boolean overfull() {
        return batch.limit() != null && underWay > batch.limit();
    }

    /** Its HELD tasks, the next to be admitted first. */
    NavigableSet<Task> held() {
        return held;
    }

    /** Follows a task's state: into one (1) or out of one (-1). */
    void count(TaskState state, int by) {
        switch (state) {
            case SCHEDULED, READY, RUNNING, UPLOADING -> underWay += by;
            case WAITING, HELD, PARKED, SUCCEEDED, FAILED, CANCELLED, SKIPPED -> {}
        }
    }

    /** Its tasks that have not been deleted, by position. */
    Stream<Task> tasks() {
        return tasks.stream().filter(task -> !task.deleted());
    }

    StoredBatch stored() {
        return new StoredBatch(
                batch.id(),
                owner,
                batch.label(),
                createdAt,
                tasks().map(Task::stored).toList());
    }
}
