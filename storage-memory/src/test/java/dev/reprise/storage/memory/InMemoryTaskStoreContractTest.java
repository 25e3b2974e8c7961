package dev.reprise.storage.memory;

import dev.reprise.store.TaskStore;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;
import java.time.Duration;
import java.time.Instant;

class InMemoryTaskStoreContractTest extends TaskStoreContract {
    @Override
    protected StoreUnderTest createStore() {
        return shared();
    }

    /** A store that is fresh and empty. */
    static StoreUnderTest shared() {
        return new Shared();
    }

    /** A second process is another user of the same store. */
    private static final class Shared implements StoreUnderTest {
        private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00.000999Z"));
        private final InMemoryTaskStore store = InMemoryTaskStore.create(clock);

        @Override
        public TaskStore store() {
            return store;
        }

        @Override
        public TaskStore openSecond() {
            return store;
        }

        @Override
        public void advance(Duration by) {
            clock.advance(by);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
