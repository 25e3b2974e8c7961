package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.TestDatabase;

/** Interleavings on H2. */
class H2InterleavingsTest extends InterleavingsContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
