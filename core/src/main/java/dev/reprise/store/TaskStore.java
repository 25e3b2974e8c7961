package dev.reprise.store;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks, their attempts and their batches: the SPI to bring a database of one's own. Thread-safe.
 *
 * <p>Every method is atomic and done when it returns: any process sees it then. The store's clock decides leases and due
 * times. The store enforces {@link TaskState#canBecome}. Payloads are opaque bytes. A store that cannot be reached
 * throws a {@link StoreException}; one that is {@linkplain StoreException#passing() passing} may have happened before or
 * after the commit, and every write may be repeated with the same arguments (ids are made by the caller).
 *
 * <p>{@code dev.reprise.testkit.store} has the suites that every implementation must pass.
 */
public interface TaskStore extends AutoCloseable {

    /**
     * Starts an incarnation of a runner.
     *
     * @param wake called, on any thread and cheaply, when the store learns that there may be something to claim; need
     *     never be called, because runners also look by themselves
     */
    RunnerSession open(RunnerSpec spec, Runnable wake);

    /** Stores a submission: all of it or none. */
    Submitted submit(Submission submission);

    /** Reads a task with its payloads and attempts. */
    Optional<StoredTask> find(Scope scope, GenerationId id);

    /** Reads tasks with their payloads and attempts; those that do not exist are left out, the order is free. */
    List<StoredTask> find(Scope scope, Collection<GenerationId> ids);

    /** Reads the states of tasks; those that do not exist are left out. */
    Map<GenerationId, TaskState> states(Collection<GenerationId> ids);

    /** How many tasks there are in each state; a state without tasks is left out. */
    Map<TaskState, Long> counts(Scope scope);

    /** Reads a batch, or a task by itself as a batch of one under the task's id. */
    Optional<StoredBatch> batch(Scope scope, BatchId id);

    /** Finds the task that has an idempotency key. */
    Optional<GenerationId> byIdempotencyKey(Owner owner, String key);

    /**
     * Lists tasks, newest first by {@code (createdAt, id)}. A task created meanwhile never shifts a later page. A task by
     * itself is in the batch of one that has its id.
     */
    Slice<StoredTask> list(TaskQuery query);

    /**
     * Lists batches, and tasks that are in none as batches of one, newest first by creation time and the id of the first
     * task. A page never splits a batch. A batch whose first task was deleted is not listed.
     */
    Slice<StoredBatch> feed(Scope scope, int limit, @Nullable PagePoint after);

    /** Lists the children of a task, oldest first by {@code (createdAt, id)}. */
    List<StoredTask> children(Scope scope, GenerationId parent);

    /**
     * Reads a task and its ancestors, as one snapshot.
     *
     * @param limit how many at most, at least 1; the nearest are kept
     * @param acrossContinuations whether to go on beyond a task of kind CONTINUATION; otherwise it is the first
     * @return empty when the task does not exist
     */
    Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations);

    /**
     * Cancels a task that has not ended. When it is RUNNING its attempt is recorded as CANCELLED; the runner that had it
     * may add the attempt's usage once. Dependents are skipped.
     *
     * @return empty when the task does not exist
     */
    Optional<Cancelled> cancel(Scope scope, GenerationId id);

    /**
     * Cancels all tasks of a batch that have not ended, or a task by itself under the task's id; empty when there is
     * neither.
     */
    Optional<Cancelled> cancel(Scope scope, BatchId id);

    /**
     * Deletes a task: cancels it when it has not ended, erases its payloads and its attempts' payloads, frees its
     * idempotency key, and hides it from every read. A chain stops where a task was deleted.
     *
     * @return what had to be cancelled; empty when the task does not exist
     */
    Optional<Cancelled> delete(Scope scope, GenerationId id);

    /** The store's time, in whole milliseconds. */
    Instant now();

    /** Frees what the store itself has opened; tasks stay. Idempotent. */
    @Override
    void close();
}
