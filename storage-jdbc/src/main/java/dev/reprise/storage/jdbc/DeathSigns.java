package dev.reprise.storage.jdbc;

import dev.reprise.identity.RunnerId;
import java.time.Duration;
import java.util.List;

/** How the death of other runners is noticed. */
interface DeathSigns extends AutoCloseable {

    /** Renews the lease. */
    Leases.Beaten beat();

    /** Marks those dead that are, and tells which this look has found. */
    List<RunnerId> look();

    /** How often to look. */
    Duration interval();

    /** Lets go without a word what this runner holds to be seen alive, as a process's death does. */
    default void abandon() {}

    /** Frees what this runner holds to be seen alive. */
    @Override
    default void close() {}
}
