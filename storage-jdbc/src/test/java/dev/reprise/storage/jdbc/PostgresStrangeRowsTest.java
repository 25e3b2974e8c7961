package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Rows in PostgreSQL that nobody here can run. */
@Tag("heavy")
class PostgresStrangeRowsTest extends StrangeRowsContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
