package dev.reprise.storage.memory;

import dev.reprise.store.TaskStore;
import dev.reprise.testkit.VirtualClock;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.TaskStoreContract;
import java.time.Duration;
import java.time.Instant;

class InMemoryTaskStoreContractTest extends TaskStoreContract {

    @Override
    protected StoreUnderTest createStore() {
        return new InMemory();
    }

    /** Another process is another client of the same store, because the data are in the heap. */
    private static final class InMemory implements StoreUnderTest {
        private final VirtualClock clock = VirtualClock.startingAt(Instant.parse("2026-11-01T12:00:00.123456789Z"));
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
