package dev.reprise.storage.jdbc;

import dev.reprise.store.Counters;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction knows of a task whose row it has locked.
 *
 * @param id its id
 * @param state its state's name, which this version need not know
 * @param reason its reason, or null
 * @param epoch the fencing number of its latest claim
 * @param runner who has it, or null
 * @param run how many times it has been started over
 * @param counters what has happened to it
 * @param batch its batch, or null
 * @param gate what its batch wants to be locked for
 * @param crashFails whether it fails when its runner dies
 * @param dueAt when it may start, or null
 * @param claimedAt when its latest claim was made, or null
 * @param deleted whether it has been deleted
 * @param now the store's time
 */
record LockedTask(
        String id,
        String state,
        @Nullable String reason,
        long epoch,
        @Nullable String runner,
        int run,
        Counters counters,
        @Nullable String batch,
        Gate gate,
        boolean crashFails,
        @Nullable Long dueAt,
        @Nullable Long claimedAt,
        boolean deleted,
        long now) {

    /** What {@link #read} needs. */
    static final String COLUMNS = """
            id, state, reason, epoch, runner, run, attempts, failures, crashes, repeats, pauses, batch, gate, \
            crash_fails, due_at, claimed_at, deleted_at, :now AS now_at""";

    static LockedTask read(Row row) throws SQLException {
        return new LockedTask(
                row.text("id"),
                row.text("state"),
                row.textOrNull("reason"),
                row.big("epoch"),
                row.textOrNull("runner"),
                row.number("run"),
                TaskRows.counters(row),
                row.textOrNull("batch"),
                new Gate(row.number("gate")),
                row.yes("crash_fails"),
                row.bigOrNull("due_at"),
                row.bigOrNull("claimed_at"),
                row.bigOrNull("deleted_at") != null,
                row.big("now_at"));
    }

    /** Whether a provider call of it may be under way. */
    boolean isLeased() {
        return state.equals("RUNNING") || state.equals("UPLOADING");
    }

    /** Whether nothing more happens to it. A state this version does not know is left alone. */
    boolean isOver() {
        var known = TaskRows.stateOrNull(state);
        return known == null || known.isTerminal();
    }
}
