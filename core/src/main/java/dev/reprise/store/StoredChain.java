package dev.reprise.store;

import java.util.List;

/**
 * A task and its ancestors.
 *
 * @param tasks root first, the task itself last
 * @param truncated whether ancestors are missing because there are more than the limit
 * @param cyclic whether the parents come back to a task already seen
 */
public record StoredChain(List<StoredTask> tasks, boolean truncated, boolean cyclic) {

    /** Copies the list. */
    public StoredChain {
        tasks = List.copyOf(tasks);
    }
}
