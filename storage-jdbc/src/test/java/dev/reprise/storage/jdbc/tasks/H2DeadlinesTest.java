package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.TestDatabase;

/** Deadlines under locks on H2. */
class H2DeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
