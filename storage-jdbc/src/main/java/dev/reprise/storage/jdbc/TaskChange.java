package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a locked task that was leased: the one write it gets in its transaction.
 *
 * @param task the task as it was
 * @param state its new state
 * @param reason its new reason, or null
 * @param dueAt when it is due, or null
 * @param counters its new counters
 * @param carry what it leaves for the next attempt
 */
record TaskChange(
        LockedTask task,
        TaskState state,
        @Nullable String reason,
        @Nullable Long dueAt,
        Counters counters,
        Carry carry) {

    private static final String[] COLUMNS = {
        "id text",
        "state text",
        "reason text",
        "runner text",
        "due_at bigint",
        "finished_at bigint",
        "attempts integer",
        "failures integer",
        "crashes integer",
        "repeats integer",
        "pauses integer"
    };
    private static final Table PLAIN = Table.of("task", COLUMNS);
    private static final Table WITH_CARRY = Table.of("task", with("carry bytea"));

    /**
     * What a task leaves for its next attempt.
     *
     * @param kept whether what is there stays
     * @param text what replaces it, or null for nothing
     */
    record Carry(boolean kept, @Nullable String text) {
        static final Carry KEPT = new Carry(true, null);

        static Carry of(@Nullable String text) {
            return new Carry(false, text);
        }
    }

    TaskChange {
        var before = TaskRows.stateOrNull(task.state());
        if (before == null || !before.canBecome(state)) {
            throw new IllegalStateException("task " + task.id() + " cannot go from " + task.state() + " to " + state);
        }
    }

    private static String[] with(String more) {
        var all = new ArrayList<>(List.of(COLUMNS));
        all.add(more);
        return all.toArray(String[]::new);
    }

    static void write(Tx tx, List<TaskChange> changes) throws SQLException {
        List<Object[]> plain = new ArrayList<>();
        List<Object[]> withCarry = new ArrayList<>();
        for (TaskChange change : changes) {
            if (change.carry.kept) {
                plain.add(change.row());
            } else {
                withCarry.add(change.rowWithCarry());
            }
        }
        tx.update(PLAIN, plain);
        tx.update(WITH_CARRY, withCarry);
    }

    private @Nullable Object[] row() {
        return new @Nullable Object[] {
            task.id(),
            state.name(),
            reason,
            null,
            dueAt,
            state.isTerminal() ? task.now() : null,
            counters.attempts(),
            counters.failures(),
            counters.crashes(),
            counters.repeats(),
            counters.pauses()
        };
    }

    private @Nullable Object[] rowWithCarry() {
        List<@Nullable Object> all = new ArrayList<>(java.util.Arrays.asList(row()));
        all.add(carry.text == null ? null : carry.text.getBytes(StandardCharsets.UTF_8));
        return all.toArray();
    }
}
