package dev.reprise.storage.jdbc;

/** Clients over an H2 file. */
class H2ClientTest extends ClientContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.emptiedFile();
    }
}
