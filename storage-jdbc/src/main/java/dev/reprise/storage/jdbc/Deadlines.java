package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fails tasks whose deadline has come while nobody had them. A leased task's deadline is its runner's. What somebody else
 * has locked, or whose batch or dependents somebody has, is left for a later call and keeps no other from its end.
 */
final class Deadlines {

    private static final int PAGE = 500;
    private static final int PATIENCE = 3;
    private static final String WAITS = "state IN ('WAITING', 'HELD', 'SCHEDULED', 'READY', 'PARKED')";

    static final String PASSED = "SELECT id, deadline_at FROM {task} WHERE finished_at IS NULL AND deadline_at > :after"
            + " AND deadline_at <= {now} AND " + WAITS + " ORDER BY {lead finished_at, }deadline_at LIMIT 500";
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

        Passed {
            expired = List.copyOf(expired);
        }
    }

    /** A task whose deadline has come. */
    private record Late(String id, long deadline) {}

    /** Ends a page of them; the first page of which any can be ended. */
    static Passed expire(Transactions transactions) {
        long after = Long.MIN_VALUE;
        while (true) {
            long from = after;
            List<Late> page = transactions.single(
                    "look for deadlines",
                    tx -> tx.sql(PASSED)
                            .set("after", from)
                            .list(row -> new Late(row.text("id"), row.big("deadline_at"))));
            var ending = new Ending(transactions);
            ending.end(
                    page.stream().map(Late::id).toList(),
                    transactions.statements().dialect().capacity().deadlines());
            if (!ending.expired.isEmpty() || page.size() < PAGE) {
                return new Passed(ending.expired, ending.ready);
            }
            after = page.get(page.size() - 1).deadline();
        }
    }

    /** Ends tasks in as many transactions as it takes, and remembers what it has ended. */
    private static final class Ending {

        private final Transactions transactions;
        private final List<GenerationId> expired = new ArrayList<>();
        private boolean ready;
        private int inTheWay;

        private Ending(Transactions transactions) {
            this.transactions = transactions;
        }

        private void end(List<String> ids, int together) {
            for (int from = 0; from < ids.size() && inTheWay < PATIENCE; from += together) {
                var some = ids.subList(from, Math.min(ids.size(), from + together));
                try {
                    var passed = transactions.writeOnce(tx -> expire(tx, some));
                    expired.addAll(passed.expired);
                    ready |= passed.ready;
                } catch (SQLException e) {
                    var fault = transactions.classify(e);
                    if (fault == Fault.CONTENTION && some.size() > 1) {
                        end(some, 1);
                    } else if (fault == Fault.CONTENTION) {
                        inTheWay++; // it has waited for a while, and others wait for this
                    } else if (expired.isEmpty()) {
                        throw Transactions.failure("deadlines", e, fault);
                    } else {
                        return; // what has ended must be told of; what goes wrong goes wrong again
                    }
                }
            }
        }
    }

    private static Passed expire(Tx tx, List<String> ids) throws SQLException {
        Set<String> blocked = new HashSet<>(Locks.blockedByBatches(tx, ids));
        blocked.addAll(Locks.blockedByDependents(tx, ids));
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
