package dev.reprise.storage.jdbc;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Reasons;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes the tasks of runners whose row is no longer ALIVE: UNKNOWN attempt, a crash counted, READY again or FAILED. */
final class Reaper {

    static final String OF_THE_DEAD = """
            SELECT t.id FROM {runner} r JOIN {task} t ON t.runner = r.id
            WHERE r.state <> 'ALIVE' AND t.state IN ('RUNNING', 'UPLOADING') ORDER BY t.id LIMIT 500""";
    /** Rows of runners that were forgotten meanwhile; rare, so looked for rarely. */
    static final String OF_NOBODY = """
            SELECT t.id FROM {task} t LEFT JOIN {runner} r ON r.id = t.runner
            WHERE t.runner IS NOT NULL AND r.id IS NULL AND t.state IN ('RUNNING', 'UPLOADING')
            ORDER BY t.id LIMIT 500""";

    private static final String STILL_ALIVE = "SELECT id FROM {runner} WHERE id {in:ids} AND state = 'ALIVE'";
    static final String FORGET = """
            DELETE FROM {runner} WHERE state = 'DEAD' AND died_at < :now - 3600000
                AND NOT EXISTS (SELECT 1 FROM {task} t WHERE t.runner = {runner}.id)""";
    private static final int MOST_AT_ONCE = 500;

    private final Transactions transactions;
    private final int crashCap;

    Reaper(Transactions transactions, int crashCap) {
        this.transactions = transactions;
        this.crashCap = crashCap;
    }

    /**
     * What was taken.
     *
     * @param resumed tasks that are READY again
     * @param failed tasks that have FAILED
     */
    record Taken(List<GenerationId> resumed, List<GenerationId> failed) {}

    /** @param thorough whether to look for the tasks of forgotten runners too, and to forget runners long dead */
    Taken take(boolean thorough) {
        var taken = new Taken(new ArrayList<>(), new ArrayList<>());
        takeAll(OF_THE_DEAD, taken);
        if (thorough) {
            takeAll(OF_NOBODY, taken);
            transactions.write("forget runners", tx -> tx.sql(FORGET).update());
        }
        return taken;
    }

    private void takeAll(String query, Taken taken) {
        List<String> ids;
        int before;
        do {
            before = taken.resumed.size() + taken.failed.size();
            ids = transactions.single(
                    "look for the dead's tasks", tx -> tx.sql(query).list(row -> row.text("id")));
            List<String> some = ids;
            if (!some.isEmpty()) {
                var done = transactions.write("reap", tx -> takeSome(tx, some));
                taken.resumed.addAll(done.resumed);
                taken.failed.addAll(done.failed);
            }
        } while (ids.size() == MOST_AT_ONCE && taken.resumed.size() + taken.failed.size() > before);
    }

    private Taken takeSome(Tx tx, List<String> ids) throws SQLException {
        Locks.batchesOf(tx, ids);
        // What an outcome has locked is either about to end, or found again at the next look.
        List<LockedTask> leased =
                Locks.freeTasks(tx, ids).stream().filter(LockedTask::isLeased).toList();
        List<String> runners =
                leased.stream().map(LockedTask::runner).distinct().toList();
        List<String> alive = runners.isEmpty()
                ? List.of()
                : tx.sql(STILL_ALIVE).set("ids", runners).list(row -> row.text("id"));
        return take(
                tx,
                leased.stream().filter(task -> !alive.contains(task.runner())).toList());
    }

    private Taken take(Tx tx, List<LockedTask> tasks) throws SQLException {
        var taken = new Taken(new ArrayList<>(), new ArrayList<>());
        List<TaskChange> changes = new ArrayList<>();
        List<Object[]> attempts = new ArrayList<>();
        List<Ended> ended = new ArrayList<>();
        for (LockedTask task : tasks) {
            var counters = task.counters().crashed();
            boolean over = task.crashFails() || counters.crashes() >= crashCap;
            var state = over ? TaskState.FAILED : TaskState.READY;
            changes.add(
                    new TaskChange(task, state, over ? Reasons.CRASHED : null, null, counters, TaskChange.Carry.KEPT));
            attempts.add(AttemptRows.row(task, AttemptOutcome.UNKNOWN, null, null, Usage.NONE));
            (over ? taken.failed : taken.resumed).add(new GenerationId(task.id()));
            if (over) {
                ended.add(Ended.of(task, state));
            }
        }
        TaskChange.write(tx, changes);
        tx.insert(AttemptRows.TABLE, attempts);
        Endings.follow(tx, ended);
        return taken;
    }
}
