package dev.reprise.storage.jdbc;

/** Clients over an SQLite file. */
class SqliteClientTest extends ClientContract {
    @Override
    TestDatabase createDatabase() {
        return SqliteDatabases.emptied();
    }
}
