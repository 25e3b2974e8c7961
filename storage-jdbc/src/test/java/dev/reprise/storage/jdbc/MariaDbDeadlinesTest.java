package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Deadlines under locks on MariaDB. */
@Tag("heavy")
class MariaDbDeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
