package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines under locks on an H2 file, where each end is a transaction of its own. */
class H2FileDeadlinesTest extends DeadlinesContract {
    @TempDir
    Path directory;

    @Override
    TestDatabase createDatabase() {
        return H2Databases.inFile(directory);
    }
}
