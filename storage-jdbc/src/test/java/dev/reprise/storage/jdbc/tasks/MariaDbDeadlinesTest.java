package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.MariaDbDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Deadlines under locks on MariaDB. */
@Tag("heavy")
class MariaDbDeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
