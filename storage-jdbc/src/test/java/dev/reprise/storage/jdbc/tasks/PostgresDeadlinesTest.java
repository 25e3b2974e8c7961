package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Deadlines under locks on PostgreSQL. */
@Tag("heavy")
class PostgresDeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
