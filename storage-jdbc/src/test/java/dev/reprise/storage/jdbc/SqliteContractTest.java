package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;

/** What every store promises, kept in an SQLite file, where runners hold file locks. */
class SqliteContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return SqliteDatabases.emptied();
    }
}
