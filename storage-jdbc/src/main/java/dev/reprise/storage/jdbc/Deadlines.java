package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Fails tasks whose deadline has come while nobody had them. A leased task's deadline is its runner's. */
final class Deadlines {

    private static final int MOST_AT_ONCE = 500;
    private static final String WAITS = "state IN ('WAITING', 'HELD', 'SCHEDULED', 'READY', 'PARKED')";

    static final String PASSED = "SELECT id FROM {task} WHERE finished_at IS NULL AND deadline_at <= :now AND " + WAITS
            + " ORDER BY {lead finished_at, }deadline_at LIMIT 500";
    /** The soonest, read in the index's order: a minimum would read them all on MariaDB and H2. */
    static final String NEXT =
            "SELECT deadline_at FROM {task} WHERE finished_at IS NULL AND deadline_at IS NOT NULL AND " + WAITS
                    + " ORDER BY {lead finished_at, }deadline_at LIMIT 1";

    private static final String EXPIRE = """
            UPDATE {task} SET state = 'FAILED', reason = 'deadline', due_at = NULL, carry = NULL, finished_at = :now
            WHERE id {in:ids} AND\s""" + WAITS;

    private Deadlines() {}

    /**
     * What a look has ended.
     *
     * @param expired the tasks
     * @param ready whether something else has become READY
     */
    record Passed(List<GenerationId> expired, boolean ready) {}

    static Passed expire(Transactions transactions) {
        List<GenerationId> expired = new ArrayList<>();
        boolean ready = false;
        int found;
        int ended;
        do {
            List<String> ids = transactions.single(
                    "look for deadlines", tx -> tx.sql(PASSED).list(row -> row.text("id")));
            var some = ids.isEmpty()
                    ? new Passed(List.of(), false)
                    : transactions.write("deadlines", tx -> expireSome(tx, ids));
            expired.addAll(some.expired);
            ready |= some.ready;
            found = ids.size();
            ended = some.expired.size();
        } while (found == MOST_AT_ONCE && ended > 0);
        return new Passed(expired, ready);
    }

    private static Passed expireSome(Tx tx, List<String> ids) throws SQLException {
        Locks.batchesOf(tx, ids);
        List<Ended> ended = new ArrayList<>();
        // What another transaction has locked is ending, or being claimed by a runner that minds the deadline itself.
        for (LockedTask task : Locks.freeTasks(tx, ids)) {
            if (!task.isOver() && !task.isLeased()) {
                ended.add(Ended.of(task, TaskState.FAILED));
            }
        }
        if (ended.isEmpty()) {
            return new Passed(List.of(), false);
        }
        List<String> failed = ended.stream().map(Ended::id).toList();
        tx.sql(EXPIRE).set("ids", failed).update();
        return new Passed(failed.stream().map(GenerationId::new).toList(), Endings.follow(tx, ended));
    }
}
