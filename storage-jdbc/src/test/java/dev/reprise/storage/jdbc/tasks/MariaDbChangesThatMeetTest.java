package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.MariaDbDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import org.junit.jupiter.api.Tag;

/** Changes that meet on MariaDB. */
@Tag("heavy")
class MariaDbChangesThatMeetTest extends ChangesThatMeetContract {
    @Override
    TestDatabase createDatabase() {
        return MariaDbDatabases.emptied();
    }
}
