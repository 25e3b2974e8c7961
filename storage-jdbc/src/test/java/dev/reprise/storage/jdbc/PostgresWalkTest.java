package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import org.junit.jupiter.api.Tag;

/** PostgreSQL beside the in-memory store; leases decide who lives, since each early death would take a second. */
@Tag("heavy")
class PostgresWalkTest extends WalkContract {
    @Override
    protected StoreUnderTest createStore() {
        return PostgresDatabases.emptied();
    }
}
