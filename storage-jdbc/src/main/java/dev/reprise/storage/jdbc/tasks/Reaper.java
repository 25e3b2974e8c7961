package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.Level;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.rules.TaskRules;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Takes the tasks of runners whose row is no longer ALIVE. */
public final class Reaper {

    static final String OF_THE_DEAD = """
            SELECT t.id FROM {runner} r JOIN {task} t ON t.runner = r.id
            WHERE r.state <> 'ALIVE' AND {is t.LEASED} AND t.required_level <= :level ORDER BY t.runner, t.id LIMIT 500""";
    /** Rows of runners that were forgotten meanwhile; rare, so looked for rarely. */
    static final String OF_NOBODY = """
            SELECT t.id FROM {task} t LEFT JOIN {runner} r ON r.id = t.runner
            WHERE t.runner IS NOT NULL AND r.id IS NULL AND {is t.LEASED} AND t.required_level <= :level
            ORDER BY t.runner, t.id LIMIT 500""";

    private static final String STILL_ALIVE = "SELECT id FROM {runner} WHERE id {in:ids} AND state = 'ALIVE'";
    static final String FORGET = """
            DELETE FROM {runner} WHERE state = 'DEAD' AND died_at < :now - 3600000
                AND NOT EXISTS (SELECT 1 FROM {task} t WHERE t.runner = {runner}.id)""";
    private static final int MOST_AT_ONCE = 500;

    private final Transactions transactions;
    private final int crashCap;

    public Reaper(Transactions transactions, int crashCap) {
        this.transactions = transactions;
        this.crashCap = crashCap;
    }

    /**
     * What was taken.
     *
     * @param resumed tasks that wait for their turn again
     * @param ends tasks that have FAILED, with what followed from that
     */
    public record Taken(List<GenerationId> resumed, List<TaskEnd> ends) {
        private boolean isMoreThan(int before) {
            return size() > before;
        }

        private int size() {
            return resumed.size() + ends.size();
        }
    }

    /**
     * Takes the tasks of the dead.
     *
     * @param thorough whether to look for the tasks of forgotten runners too, and to forget runners long dead
     */
    public Taken take(boolean thorough) {
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
            before = taken.size();
            ids = transactions.single(
                    "look for the dead's tasks",
                    tx -> tx.sql(query).set("level", Level.CURRENT).list(row -> row.text("id")));
            List<String> some = ids;
            if (!some.isEmpty()) {
                var done = transactions.write("reap", tx -> takeSome(tx, some));
                taken.resumed.addAll(done.resumed);
                taken.ends.addAll(done.ends);
            }
        } while (ids.size() == MOST_AT_ONCE && taken.isMoreThan(before));
    }

    private Taken takeSome(Tx tx, List<String> ids) throws SQLException {
        var writer = TaskWriter.of(tx, ids);
        // What an outcome has locked is either about to end, or found again at the next look.
        List<LockedTask> leased = writer.lockFree(ids).stream()
                .filter(task -> task.facts().isLeased())
                .toList();
        List<String> runners = leased.stream()
                .map(LockedTask::runner)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<String> alive = runners.isEmpty()
                ? List.of()
                : tx.sql(STILL_ALIVE).set("ids", runners).list(row -> row.text("id"));
        List<GenerationId> resumed = new ArrayList<>();
        for (LockedTask task : leased) {
            var step = alive.contains(task.runner()) ? null : TaskRules.runnerDied(task.facts(), crashCap, task.now());
            if (writer.change(task, step) && step != null && !step.isEnd()) {
                resumed.add(new GenerationId(task.id()));
            }
        }
        return new Taken(resumed, writer.finish().ends());
    }
}
