package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;

/** What every store promises, kept in H2 in memory. */
class H2ContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return H2Databases.inMemory();
    }
}
