package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fails tasks whose deadline has come while nobody had them. A leased task's deadline is its runner's. What somebody else
 * has locked, or whose batch or dependents somebody has, is left for a later call and keeps no other from its end.
 */
final class Deadlines {

    private static final String WAITS = "state IN ('WAITING', 'HELD', 'SCHEDULED', 'READY', 'PARKED')";

    static final String PASSED = "SELECT id FROM {task} WHERE finished_at IS NULL AND deadline_at <= {now} AND " + WAITS
            + " ORDER BY {lead finished_at, }deadline_at LIMIT :most";
    /** The soonest, read in the index's order: a minimum would read them all on MariaDB and H2. */
    static final String NEXT =
            "SELECT deadline_at FROM {task} WHERE finished_at IS NULL AND deadline_at IS NOT NULL AND " + WAITS
                    + " ORDER BY {lead finished_at, }deadline_at LIMIT 1";

    private static final String EXPIRE = """
            UPDATE {task} SET state = 'FAILED', reason = 'deadline', due_at = NULL, carry = NULL, finished_at = :now
            WHERE id {in:ids}""";

    private Deadlines() {}

    /**
     * What a call has ended.
     *
     * @param expired the tasks
     * @param ready whether something else has become READY
     */
    record Passed(List<GenerationId> expired, boolean ready) {
        private static final Passed NOTHING = new Passed(List.of(), false);
    }

    static Passed expire(Transactions transactions) {
        int most = transactions.statements().dialect().capacity().deadlines();
        List<String> ids = transactions.single(
                "look for deadlines", tx -> tx.sql(PASSED).set("most", most).list(row -> row.text("id")));
        if (ids.isEmpty()) {
            return Passed.NOTHING;
        }
        try {
            return transactions.writeOnce(tx -> expire(tx, ids));
        } catch (SQLException e) {
            if (transactions.classify(e) != Fault.CONTENTION) {
                throw failure(transactions, e);
            }
            return oneByOne(transactions, ids);
        }
    }

    private static StoreException failure(Transactions transactions, SQLException e) {
        return Transactions.failure("deadlines", e, transactions.classify(e));
    }

    private static Passed oneByOne(Transactions transactions, List<String> ids) {
        List<GenerationId> expired = new ArrayList<>();
        boolean ready = false;
        for (String id : ids) {
            try {
                var one = transactions.writeOnce(tx -> expire(tx, List.of(id)));
                expired.addAll(one.expired);
                ready |= one.ready;
            } catch (SQLException e) {
                // What has ended must be told of; what goes wrong goes wrong again.
                if (transactions.classify(e) != Fault.CONTENTION) {
                    if (expired.isEmpty()) {
                        throw failure(transactions, e);
                    }
                    break;
                }
            }
        }
        return new Passed(expired, ready);
    }

    private static Passed expire(Tx tx, List<String> ids) throws SQLException {
        Set<String> blocked = Locks.blockedByBatches(tx, ids);
        List<String> free = ids.stream().filter(id -> !blocked.contains(id)).toList();
        List<Ended> ended = new ArrayList<>();
        if (!free.isEmpty()) {
            // What is locked is ending, or being claimed by a runner that minds the deadline itself.
            for (LockedTask task : Locks.freeTasks(tx, free)) {
                if (!task.isOver() && !task.isLeased()) {
                    ended.add(Ended.of(task, TaskState.FAILED));
                }
            }
        }
        if (ended.isEmpty()) {
            return Passed.NOTHING;
        }
        List<String> failed = ended.stream().map(Ended::id).toList();
        tx.sql(EXPIRE).set("ids", failed).update();
        return new Passed(failed.stream().map(GenerationId::new).toList(), Endings.follow(tx, ended));
    }
}
