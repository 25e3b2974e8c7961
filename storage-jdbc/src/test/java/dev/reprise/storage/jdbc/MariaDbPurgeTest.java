package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Retention on MariaDB. */
@Tag("heavy")
class MariaDbPurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
