package dev.reprise.storage.jdbc;

import org.junit.jupiter.api.Tag;

/** Wrong clocks over MariaDB. */
@Tag("heavy")
class MariaDbSkewedClocksTest extends SkewedClocksContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
