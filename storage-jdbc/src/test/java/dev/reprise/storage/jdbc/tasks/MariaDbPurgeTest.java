package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.MariaDbDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Retention on MariaDB. */
@Tag("heavy")
class MariaDbPurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
