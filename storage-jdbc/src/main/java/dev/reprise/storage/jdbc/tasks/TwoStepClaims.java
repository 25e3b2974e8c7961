package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Level;
import java.util.List;

/** Finds and locks first, then takes by key, for databases whose UPDATE returns nothing. */
public final class TwoStepClaims implements Claims {

    private static final int TRIES = 5;
    /** In the order of the index: what sorts all that is ready takes longer than the rest of a claim. */
    public static final String PICK = """
            SELECT id FROM {task} WHERE {is CLAIMABLE} AND required_level <= :level
            ORDER BY {lead state, }priority DESC, created_at, id LIMIT :limit {reserve}""";

    /** Locks by key those that nobody else has taken, where picking them has not. */
    private static final String RESERVE = "SELECT id FROM {task} WHERE id {in:ids} AND {is CLAIMABLE} {for update}";

    private static final String TAKE = """
            UPDATE {task} SET state = {state RUNNING}, epoch = epoch + 1, attempts = attempts + 1, runner = :me,
                claimed_at = :now, due_at = NULL, reason = NULL
            WHERE id {in:ids} AND {is CLAIMABLE}
                AND EXISTS (SELECT 1 FROM {runner} r WHERE r.id = :me AND r.state = 'ALIVE')""";
    private static final String READ = """
            SELECT %s FROM {task} t LEFT JOIN {request} q ON q.task = t.id
            WHERE t.id {in:ids} AND t.runner = :me AND {is t.RUNNING}""".formatted(ClaimedRows.COLUMNS);

    private final Transactions transactions;

    public TwoStepClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ClaimedTask> claim(RunnerId runner, int limit) {
        var rows = transactions.write("claim", tx -> claim(tx, runner, limit));
        Parking.park(transactions, runner, rows.unreadable());
        return rows.inOrder();
    }

    private static ClaimedRows claim(Tx tx, RunnerId runner, int limit) throws java.sql.SQLException {
        var rows = new ClaimedRows();
        for (int i = 0; i < TRIES; i++) {
            var ids =
                    tx.sql(PICK).set("limit", limit).set("level", Level.CURRENT).list(row -> row.text("id"));
            if (ids.isEmpty()) {
                break;
            }
            // What this runner has taken in another claim must not be read as taken in this one.
            var own = tx.dialect().reserve().isEmpty() && !tx.dialect().hasOneWriter()
                    ? tx.sql(RESERVE).set("ids", ids).list(row -> row.text("id"))
                    : ids;
            if (!own.isEmpty()
                    && tx.sql(TAKE).set("ids", own).set("me", runner.value()).update() > 0) {
                tx.sql(READ).set("ids", own).set("me", runner.value()).list(rows::add);
                break;
            }
            // Another has been quicker; the next ones may still be there.
        }
        return rows;
    }
}
