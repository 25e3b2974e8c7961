package dev.reprise.storage.jdbc.tasks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.StoreException;
import dev.reprise.storage.jdbc.SqliteDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.RunnerSession;

/** Interleavings on SQLite, where one transaction writes at a time and locks tell who is alive. */
class SqliteInterleavingsTest extends InterleavingsContract {

    /** With a limit that an outcome can exceed, as columns have it elsewhere. */
    @Override
    TestDatabase createDatabase() {
        var database = SqliteDatabases.emptied();
        database.execute("CREATE TRIGGER IF NOT EXISTS limited BEFORE UPDATE ON {task}"
                + " WHEN octet_length(NEW.reason_detail) > 500 BEGIN SELECT RAISE(ABORT, 'too long'); END");
        return database;
    }

    @Override
    void assertNothingCanBeClaimed(RunnerSession runner) {
        assertThatThrownBy(() -> runner.claim(10))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a transaction of the application that is still open");
    }

    /** Leases decide nothing on one machine: see SqliteFileTest. */
    @Override
    void deadAreFoundOnceTheObserverHasBeenConnectedForALease() {}

    /** Leases decide nothing on one machine: see SqliteFileTest. */
    @Override
    void observerThatWasSilentItselfForLongDoesNotTakeTheSilentForDead() {}

    /** The first of them is dead here when its lock is free: see SqliteFileTest. */
    @Override
    void crashedTasksAttemptIsClosedLateWithItsUsage() {}

    /** No row can be locked alone: see SqliteWriterTest. */
    @Override
    void blockedOutcomeLeavesTheGroupInsteadOfStallingItsNeighbours() {}
}
