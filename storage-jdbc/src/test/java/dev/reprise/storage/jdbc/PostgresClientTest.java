package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Clients over PostgreSQL. */
@Tag("heavy")
class PostgresClientTest extends ClientContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied().with(JdbcTaskStoreBuilder::lockFromPool);
    }
}
