package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;

/** What every store promises, kept in an H2 file, where runners hold file locks. */
class H2FileContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return H2Databases.emptiedFile();
    }
}
