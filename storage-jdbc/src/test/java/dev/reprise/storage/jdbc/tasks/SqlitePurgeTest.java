package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.SqliteDatabases;
import dev.reprise.storage.jdbc.TestDatabase;

/** Retention on SQLite. */
class SqlitePurgeTest extends PurgeContract {
    @Override
    TestDatabase createDatabase() {
        return SqliteDatabases.emptied();
    }
}
