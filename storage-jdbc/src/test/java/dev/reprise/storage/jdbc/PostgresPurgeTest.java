package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Retention on PostgreSQL. */
@Tag("heavy")
class PostgresPurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
