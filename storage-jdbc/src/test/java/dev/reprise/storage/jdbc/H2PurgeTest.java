package dev.reprise.storage.jdbc;

/** Retention on H2. */
class H2PurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
