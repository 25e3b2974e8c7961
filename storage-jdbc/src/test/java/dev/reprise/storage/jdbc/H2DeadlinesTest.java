package dev.reprise.storage.jdbc;

/** Deadlines under locks on H2. */
class H2DeadlinesTest extends DeadlinesContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
