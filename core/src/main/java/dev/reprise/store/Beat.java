package dev.reprise.store;

import java.util.Set;

/**
 * What a beat found.
 *
 * @param alive whether the runner's row was ALIVE; when it was not, others have taken its tasks, and the runner must open
 *     a new session
 * @param held the tasks that the store says this runner has, RUNNING or UPLOADING
 */
public record Beat(boolean alive, Set<TaskRef> held) {

    /** Copies the set. */
    public Beat {
        held = Set.copyOf(held);
    }
}
