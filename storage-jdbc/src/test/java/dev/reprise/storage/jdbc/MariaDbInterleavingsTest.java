package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Interleavings on MariaDB. */
@Tag("heavy")
class MariaDbInterleavingsTest extends InterleavingsContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
