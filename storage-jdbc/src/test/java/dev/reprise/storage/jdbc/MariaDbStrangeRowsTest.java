package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Rows in MariaDB that nobody here can run. */
@Tag("heavy")
class MariaDbStrangeRowsTest extends StrangeRowsContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
