package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.Fault;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Level;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fails tasks whose deadline has come while nobody had them. A leased task's deadline is its runner's. What somebody else
 * has locked, or whose batch or dependents somebody has, is left for a later call and keeps no other from its end.
 */
public final class DeadlineLook {

    private static final int PAGE = 500;
    private static final int PATIENCE = 3;
    static final String PASSED = "SELECT id, deadline_at FROM {task} WHERE finished_at IS NULL AND deadline_at > :after"
            + " AND deadline_at <= {now} AND {is WAITING} AND required_level <= :level"
            + " ORDER BY {lead finished_at, }deadline_at LIMIT 500";
    /** The soonest, read in the index's order: a minimum would read them all on MariaDB and H2. */
    static final String NEXT = "SELECT deadline_at FROM {task} WHERE finished_at IS NULL AND deadline_at IS NOT NULL"
            + " AND {is WAITING} AND required_level <= :level ORDER BY {lead finished_at, }deadline_at LIMIT 1";

    static final String BATCH_EACH = """
            SELECT t.id AS task, t.batch AS other FROM {task} t WHERE t.id {in:ids} AND t.batch IS NOT NULL
            UNION SELECT d.depends_on AS task, t.batch AS other FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.batch IS NOT NULL AND {is t.DEPENDENT}""";
    static final String DEPENDENT_EACH = """
            SELECT d.depends_on AS task, t.id AS other FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND {is t.DEPENDENT}""";
    static final String FREE = "SELECT id FROM {task} WHERE id {in:ids} ORDER BY id {for update}{skip locked}";

    private DeadlineLook() {}

    /**
     * What a call has ended.
     *
     * @param ends all that has ended
     * @param ready whether something else has become READY
     */
    public record Passed(List<TaskEnd> ends, boolean ready) {
        private static final Passed NOTHING = new Passed(List.of(), false);
    }

    /** A task whose deadline has come. */
    private record Late(String id, long deadline) {}

    /** Ends a page of them; the first page of which any can be ended. */
    public static Passed expire(Transactions transactions) {
        long after = Long.MIN_VALUE;
        while (true) {
            long from = after;
            List<Late> page = transactions.single(
                    "look for deadlines",
                    tx -> tx.sql(PASSED)
                            .set("after", from)
                            .set("level", Level.CURRENT)
                            .list(row -> new Late(row.text("id"), row.big("deadline_at"))));
            var ending = new Ending(transactions);
            ending.end(
                    page.stream().map(Late::id).toList(),
                    transactions.statements().dialect().capacity().deadlines());
            if (!ending.ends.isEmpty() || page.size() < PAGE) {
                return new Passed(ending.ends, ending.ready);
            }
            after = page.get(page.size() - 1).deadline();
        }
    }

    /** Ends tasks in as many transactions as it takes, and remembers what it has ended. */
    private static final class Ending {

        private final Transactions transactions;
        private final List<TaskEnd> ends = new ArrayList<>();
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
                    ends.addAll(passed.ends);
                    ready |= passed.ready;
                } catch (SQLException e) {
                    var fault = transactions.classify(e);
                    if (fault == Fault.CONTENTION && some.size() > 1) {
                        end(some, 1);
                    } else if (fault == Fault.CONTENTION) {
                        inTheWay++; // it has waited for a while, and others wait for this
                    } else if (ends.isEmpty()) {
                        throw Transactions.failure("deadlines", e, fault);
                    } else {
                        return; // what has ended must be told of; what goes wrong goes wrong again
                    }
                }
            }
        }
    }

    private static Passed expire(Tx tx, List<String> ids) throws SQLException {
        var batches = Batches.lockFree(tx, Cascade.of(tx, ids).batches());
        Set<String> blocked = blocked(tx.sql(BATCH_EACH).set("ids", ids), batches::has);
        Set<String> free = new HashSet<>(ids);
        free.removeAll(blocked);
        if (!free.isEmpty()) {
            free.removeAll(blockedByDependents(tx, free));
        }
        var writer = TaskWriter.of(tx, batches);
        // What is locked is ending, or being claimed by a runner that minds the deadline itself.
        for (LockedTask task : writer.lockFree(free)) {
            writer.change(task, TaskRules.deadlinePassed(task.facts()));
        }
        var written = writer.finish();
        return written.ends().isEmpty() ? Passed.NOTHING : new Passed(written.ends(), written.ready());
    }

    private static Set<String> blockedByDependents(Tx tx, Collection<String> ids) throws SQLException {
        Set<String> all = new HashSet<>(tx.sql(DEPENDENT_EACH).set("ids", ids).list(row -> row.text("other")));
        if (all.isEmpty()) {
            return Set.of();
        }
        Set<String> free = Set.copyOf(tx.sql(FREE).set("ids", all).list(row -> row.text("id")));
        return blocked(tx.sql(DEPENDENT_EACH).set("ids", ids), free::contains);
    }

    /** Locked by somebody else is the other of some of these pairs: their tasks. */
    private static Set<String> blocked(Query pairs, java.util.function.Predicate<String> isMine) throws SQLException {
        Set<String> blocked = new HashSet<>();
        pairs.list(row -> !isMine.test(row.text("other")) && blocked.add(row.text("task")));
        return blocked;
    }
}
