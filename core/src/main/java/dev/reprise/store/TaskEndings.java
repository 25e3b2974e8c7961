package dev.reprise.store;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.util.Optional;

/** How the app ends tasks. */
public interface TaskEndings {

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
}
