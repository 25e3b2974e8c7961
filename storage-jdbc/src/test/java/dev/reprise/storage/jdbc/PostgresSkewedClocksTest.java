package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Wrong clocks over PostgreSQL. */
@Tag("heavy")
class PostgresSkewedClocksTest extends SkewedClocksContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
