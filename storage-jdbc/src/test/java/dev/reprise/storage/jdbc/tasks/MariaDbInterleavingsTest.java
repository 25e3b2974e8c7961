package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.MariaDbDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Interleavings on MariaDB. */
@Tag("heavy")
class MariaDbInterleavingsTest extends InterleavingsContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
