package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
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
