package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * A task that this transaction has ended or parked, for what follows from it.
 *
 * @param id its id
 * @param state its new state
 * @param batch its batch, or null
 * @param gate what its batch has to be locked for, which has been done
 */
record Ended(String id, TaskState state, @Nullable String batch, Gate gate) {

    static Ended of(LockedTask task, TaskState state) {
        return new Ended(task.id(), state, task.batch(), task.gate());
    }
}
