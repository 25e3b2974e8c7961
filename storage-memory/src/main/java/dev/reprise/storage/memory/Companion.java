package dev.reprise.storage.memory;

import dev.reprise.store.rules.Birth;
import java.util.List;

/**
 * What belongs to a task besides its row, in a table of its own. Guarded by the store's lock.
 */
interface Companion {

    /** A task is born. */
    default void born(Birth birth) {}

    /** Tasks change; their rows are still as they were. Some of them may end, which {@link Change#step()} tells. */
    default void changed(Tx tx, List<Change> changes) {}

    /** A task has been deleted: nothing of what was said in it may be left. */
    default void erased(TaskEntry task) {}

    /** A task is removed for good. */
    default void purged(TaskEntry task) {}
}
