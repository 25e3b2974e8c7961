package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Changes that meet on PostgreSQL. */
@Tag("heavy")
class PostgresChangesThatMeetTest extends ChangesThatMeetContract {
    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }
}
