package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.TestDatabase;

/** Retention on H2. */
class H2PurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
