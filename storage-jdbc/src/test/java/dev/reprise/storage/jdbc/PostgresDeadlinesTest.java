package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Deadlines under locks on PostgreSQL. */
@Tag("heavy")
class PostgresDeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
