package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Clients over MariaDB. */
@Tag("heavy")
class MariaDbClientTest extends ClientContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
