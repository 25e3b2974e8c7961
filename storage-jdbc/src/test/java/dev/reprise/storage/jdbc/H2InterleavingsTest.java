package dev.reprise.storage.jdbc;

/** Interleavings on H2. */
class H2InterleavingsTest extends InterleavingsContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
