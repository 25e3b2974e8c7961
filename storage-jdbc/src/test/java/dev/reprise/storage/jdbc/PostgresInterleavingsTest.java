package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Interleavings on PostgreSQL. */
@Tag("heavy")
class PostgresInterleavingsTest extends InterleavingsContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }

    @Override
    boolean claimsInOneStatement() {
        return true;
    }
}
