package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** The app's transactions on MariaDB. */
@Tag("heavy")
class MariaDbCallersTransactionTest extends CallersTransactionContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
