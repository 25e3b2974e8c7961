package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.ClaimedTask;
import java.util.List;

/** Gives READY tasks to a runner whose row is ALIVE: highest priority first, then oldest. */
interface Claims {

    /** Claims up to {@code limit} tasks; rows that this version cannot read are parked instead. */
    List<ClaimedTask> claim(RunnerId runner, int limit);
}
