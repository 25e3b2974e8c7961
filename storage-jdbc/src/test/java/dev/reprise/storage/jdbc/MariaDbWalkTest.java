package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import org.junit.jupiter.api.Tag;

/** MariaDB beside the in-memory store. */
@Tag("heavy")
class MariaDbWalkTest extends WalkContract {
    @Override
    protected StoreUnderTest createStore() {
        return MariaDbDatabases.emptied();
    }
}
