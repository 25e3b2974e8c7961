package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of tasks. What has been deleted, or is out of scope, does not exist. Lists carry no payloads. */
public interface TaskReads {

    /** Reads a task with its payloads and attempts. */
    Optional<StoredTask> find(Scope scope, GenerationId id);

    /** Reads tasks with their payloads and attempts; those that do not exist are left out, the order is free. */
    List<StoredTask> find(Scope scope, Collection<GenerationId> ids);

    /** Reads tasks without their payloads; those that do not exist are left out, the order is free. */
    List<TaskSummary> summaries(Scope scope, Collection<GenerationId> ids);

    /** Reads the states of tasks; those that do not exist are left out. */
    Map<GenerationId, TaskState> states(Collection<GenerationId> ids);

    /** How many tasks there are in each state; a state without tasks is left out. */
    Map<TaskState, Long> counts(Scope scope);

    /** Finds the task that has an idempotency key. */
    Optional<GenerationId> byIdempotencyKey(Owner owner, String key);

    /**
     * Lists tasks, newest first by {@code (createdAt, id)}. A task created meanwhile never shifts a later page. A task by
     * itself is in the batch of one that has its id.
     */
    Slice<TaskSummary> list(TaskQuery query);

    /** Lists the children of a task, oldest first by {@code (createdAt, id)}. */
    List<TaskSummary> children(Scope scope, GenerationId parent);

    /**
     * Reads a task and its ancestors, as one snapshot.
     *
     * @param limit how many at most, at least 1; the nearest are kept
     * @param acrossContinuations whether to go on beyond a task of kind CONTINUATION; otherwise it is the first
     * @return empty when the task does not exist
     */
    Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations);
}
