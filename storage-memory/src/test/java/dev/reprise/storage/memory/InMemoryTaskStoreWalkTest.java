package dev.reprise.storage.memory;

import dev.reprise.testkit.store.StoreInProcess;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.walk.DifferentialWalkContract;

/** The store does not part from itself: what the walk finds elsewhere is not of its own making. */
class InMemoryTaskStoreWalkTest extends DifferentialWalkContract {
    @Override
    protected StoreUnderTest createReference() {
        return new StoreInProcess(InMemoryTaskStore::create);
    }

    @Override
    protected StoreUnderTest createStore() {
        return new StoreInProcess(InMemoryTaskStore::create);
    }
}
