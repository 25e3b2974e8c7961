package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.TestDatabase;

/** Changes that meet on H2. */
class H2ChangesThatMeetTest extends ChangesThatMeetContract {
    @Override
    TestDatabase createDatabase() {
        return H2Databases.inMemory();
    }
}
