package dev.reprise.storage.jdbc;

/** Rows in an SQLite file that nobody here can run. */
class SqliteStrangeRowsTest extends StrangeRowsContract {
    @Override
    TestDatabase createDatabase() {
        return SqliteDatabases.emptied();
    }
}
