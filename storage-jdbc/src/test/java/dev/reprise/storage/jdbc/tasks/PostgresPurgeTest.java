package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Retention on PostgreSQL. */
@Tag("heavy")
class PostgresPurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
