package dev.reprise.storage.jdbc;

/** The app's transactions on an H2 file. */
class H2CallersTransactionTest extends CallersTransactionContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.emptiedFile();
    }
}
