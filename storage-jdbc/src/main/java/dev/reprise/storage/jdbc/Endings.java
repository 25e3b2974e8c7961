package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Reasons;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from the end of tasks, in the same transaction: dependents are released or skipped, a batch that stops on a
 * failure stops, a batch with a limit admits the next. The batches concerned are locked before the tasks are.
 */
final class Endings {

    static final String TO_RELEASE = """
            SELECT d.task AS id, COUNT(*) AS met FROM {dependency} d WHERE d.depends_on {in:ids}
            GROUP BY d.task ORDER BY d.task""";
    /** The new state is computed before {@code unmet} changes: MariaDB assigns from left to right. */
    private static final String RELEASE = """
            UPDATE {task} SET
                reason = CASE WHEN unmet > :met OR MOD(gate, 2) = 0 THEN reason ELSE 'admission' END,
                state = CASE WHEN unmet > :met THEN state WHEN MOD(gate, 2) = 1 THEN 'HELD'
                    WHEN due_at > :now THEN 'SCHEDULED' ELSE 'READY' END,
                unmet = unmet - :met
            WHERE id = :id AND state = 'WAITING'""";

    private static final String RELEASED =
            "SELECT id, state, batch FROM {task} WHERE id {in:ids} AND state IN ('HELD', 'READY')";
    static final String DEPENDENTS = """
            SELECT DISTINCT t.id FROM {dependency} d JOIN {task} t ON t.id = d.task
            WHERE d.depends_on {in:ids} AND t.state = 'WAITING' ORDER BY t.id""";
    static final String NOT_STARTED = """
            SELECT id FROM {task} WHERE batch = :batch AND attempts = 0
                AND state IN ('WAITING', 'HELD', 'SCHEDULED', 'READY', 'PARKED')
            ORDER BY id FOR UPDATE""";
    private static final String SKIP = """
            UPDATE {task} SET state = 'SKIPPED', reason = :reason, finished_at = :now, due_at = NULL
            WHERE id {in:ids} AND state IN ('WAITING', 'HELD', 'SCHEDULED', 'READY', 'PARKED')""";

    private final Tx tx;
    private final Set<String> limitedBatches = new LinkedHashSet<>();
    private boolean ready;

    private Endings(Tx tx) {
        this.tx = tx;
    }

    /**
     * Does what follows from these ends.
     *
     * @return whether something has become READY
     */
    static boolean follow(Tx tx, Collection<Ended> ended) throws SQLException {
        if (ended.isEmpty()) {
            return false;
        }
        var endings = new Endings(tx);
        endings.release(ids(ended, TaskState.SUCCEEDED));
        var others = new ArrayList<String>();
        for (Ended one : ended) {
            if (one.state().isTerminal() && one.state() != TaskState.SUCCEEDED) {
                others.add(one.id());
            }
        }
        endings.skipDependents(others);
        endings.stopBatches(ended);
        for (Ended one : ended) {
            if (one.batch() != null && one.gate().limited()) {
                endings.limitedBatches.add(one.batch());
            }
        }
        for (String batch : endings.limitedBatches) {
            endings.ready |= Admission.admit(tx, batch);
        }
        return endings.ready;
    }

    private static List<String> ids(Collection<Ended> ended, TaskState state) {
        return ended.stream().filter(one -> one.state() == state).map(Ended::id).toList();
    }

    private void release(List<String> succeeded) throws SQLException {
        if (succeeded.isEmpty()) {
            return;
        }
        record Met(String id, int count) {}
        List<Met> dependents =
                tx.sql(TO_RELEASE).set("ids", succeeded).list(row -> new Met(row.text("id"), row.number("met")));
        if (dependents.isEmpty()) {
            return;
        }
        for (Met one : dependents) {
            tx.sql(RELEASE)
                    .set("id", one.id())
                    .set("met", one.count())
                    .impatient()
                    .update();
        }
        tx.sql(RELEASED).set("ids", dependents.stream().map(Met::id).toList()).list(this::released);
    }

    private boolean released(Row row) throws SQLException {
        var batch = row.textOrNull("batch");
        if (row.text("state").equals("READY")) {
            ready = true;
        } else if (batch != null) {
            limitedBatches.add(batch);
        }
        return true;
    }

    private void skipDependents(List<String> ended) throws SQLException {
        List<String> level = ended;
        while (!level.isEmpty()) {
            level = tx.sql(DEPENDENTS).set("ids", level).list(row -> row.text("id"));
            skip(level, Reasons.DEPENDENCY);
        }
    }

    private void stopBatches(Collection<Ended> ended) throws SQLException {
        Set<String> stopped = new LinkedHashSet<>();
        for (Ended one : ended) {
            if (one.state() == TaskState.FAILED
                    && one.batch() != null
                    && one.gate().stops()) {
                stopped.add(one.batch());
            }
        }
        for (String batch : stopped) {
            List<String> rest =
                    tx.sql(NOT_STARTED).set("batch", batch).impatient().list(row -> row.text("id"));
            skip(rest, Reasons.STOPPED);
            skipDependents(rest);
        }
    }

    private void skip(List<String> ids, String reason) throws SQLException {
        if (!ids.isEmpty()) {
            tx.sql(SKIP).set("ids", ids).set("reason", reason).impatient().update();
        }
    }
}
