package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;
import org.junit.jupiter.api.Tag;

/** What every store promises, kept in PostgreSQL, where runners hold session locks. */
@Tag("heavy")
class PostgresContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return PostgresDatabases.emptied().with(builder -> builder.lockConnection(PostgresDatabases.plain()));
    }
}
