package dev.reprise.storage.jdbc;

/** Rows in an H2 file that nobody here can run. */
class H2StrangeRowsTest extends StrangeRowsContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.emptiedFile();
    }
}
