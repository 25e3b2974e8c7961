package dev.reprise.storage.jdbc;

import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.testkit.store.StoreInProcess;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.walk.DifferentialWalkContract;

/** A database answers as the in-memory store does. */
abstract class WalkContract extends DifferentialWalkContract {
    @Override
    protected StoreUnderTest createReference() {
        return new StoreInProcess(InMemoryTaskStore::create);
    }
}
