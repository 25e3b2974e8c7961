package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;
import org.junit.jupiter.api.Tag;

/** What every store promises, kept in MariaDB. */
@Tag("heavy")
class MariaDbContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return MariaDbDatabases.emptied();
    }
}
