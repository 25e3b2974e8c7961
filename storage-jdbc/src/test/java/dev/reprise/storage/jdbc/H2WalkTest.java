package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;

/** H2 in memory beside the in-memory store. */
class H2WalkTest extends WalkContract {
    @Override
    protected StoreUnderTest createStore() {
        return H2Databases.inMemory();
    }
}
