package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** The app's transactions on PostgreSQL. */
@Tag("heavy")
class PostgresCallersTransactionTest extends CallersTransactionContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
