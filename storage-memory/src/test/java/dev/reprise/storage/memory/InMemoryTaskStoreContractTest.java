package dev.reprise.storage.memory;

import dev.reprise.testkit.store.StoreInProcess;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;

class InMemoryTaskStoreContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return shared();
    }

    /** A store that is fresh and empty. */
    static StoreUnderTest shared() {
        return new StoreInProcess(InMemoryTaskStore::create);
    }
}
