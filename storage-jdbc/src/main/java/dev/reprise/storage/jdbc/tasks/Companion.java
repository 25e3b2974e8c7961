package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.rules.Birth;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * What belongs to a task besides its row, in a table of its own. A companion speaks twice: before any lock it names the
 * rows it will need, and after the task's own write it writes, in the same transaction. What it has not locked by then it
 * may only insert.
 */
interface Companion {

    /**
     * Names the rows that it will have to lock when these tasks change.
     *
     * @param tasks the tasks, and what may follow them
     */
    default void plan(Tx tx, Collection<String> tasks, LockPlan plan) throws SQLException {}

    /** Tasks are born. */
    default void born(Tx tx, List<Birth> births) throws SQLException {}

    /** Tasks have changed; some of them may have ended, which {@link Change#step()} tells. */
    default void changed(Tx tx, List<Change> changes) throws SQLException {}

    /** A task has been deleted: nothing of what was said in it may be left. */
    default void erased(Tx tx, String task) throws SQLException {}

    /** Tasks are removed for good. */
    default void purged(Tx tx, Collection<String> tasks) throws SQLException {}
}
