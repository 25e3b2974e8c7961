package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Level;
import java.util.List;

/** Finds, takes and reads in one statement, and so in one round trip. */
public final class OneStatementClaims implements Claims {

    public static final String CLAIM = """
            WITH pick AS MATERIALIZED (
                SELECT id FROM {task} WHERE {is CLAIMABLE} AND required_level <= :level
                ORDER BY priority DESC, created_at, id LIMIT :limit FOR UPDATE SKIP LOCKED
            ), t AS (
                UPDATE {task} u SET state = {state RUNNING}, epoch = u.epoch + 1, attempts = u.attempts + 1, runner = :me,
                    claimed_at = :now, due_at = NULL, reason = NULL
                FROM pick WHERE u.id = pick.id
                    AND EXISTS (SELECT 1 FROM {runner} r WHERE r.id = :me AND r.state = 'ALIVE')
                RETURNING u.*
            )
            SELECT %s FROM t LEFT JOIN {request} q ON q.task = t.id""".formatted(ClaimedRows.COLUMNS);

    private final Transactions transactions;

    public OneStatementClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<ClaimedTask> claim(RunnerId runner, int limit) {
        var rows = transactions.single("claim", tx -> {
            var found = new ClaimedRows();
            tx.sql(CLAIM)
                    .set("me", runner.value())
                    .set("limit", limit)
                    .set("level", Level.CURRENT)
                    .list(found::add);
            return found;
        });
        Parking.park(transactions, runner, rows.unreadable());
        return rows.inOrder();
    }
}
