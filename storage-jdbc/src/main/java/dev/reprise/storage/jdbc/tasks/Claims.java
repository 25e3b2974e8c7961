package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.store.ClaimedTask;
import java.util.List;

/** Gives READY tasks to a runner whose row is ALIVE: highest priority first, then oldest. */
public interface Claims {

    /** Claims up to {@code limit} tasks; rows that this version cannot read are parked instead. */
    List<ClaimedTask> claim(RunnerId runner, int limit);

    /** How this database claims. */
    static Claims of(Transactions transactions) {
        return transactions.statements().dialect().updatesReturnRows()
                ? new OneStatementClaims(transactions)
                : new TwoStepClaims(transactions);
    }
}
