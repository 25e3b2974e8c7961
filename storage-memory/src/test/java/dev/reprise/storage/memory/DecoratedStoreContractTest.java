package dev.reprise.storage.memory;

import dev.reprise.store.DelegatingTaskStore;
import dev.reprise.store.TaskStore;
import dev.reprise.testkit.store.BatchSuite;
import dev.reprise.testkit.store.CancelSuite;
import dev.reprise.testkit.store.LifecycleSuite;
import dev.reprise.testkit.store.PurgeSuite;
import dev.reprise.testkit.store.QueueSuite;
import dev.reprise.testkit.store.StoreUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** A store that wraps another is a store like any other. */
class DecoratedStoreContractTest {

    private static StoreUnderTest decorated() {
        return new Decorated(InMemoryTaskStoreContractTest.shared());
    }

    private record Decorated(StoreUnderTest below, TaskStore store) implements StoreUnderTest {
        private Decorated(StoreUnderTest below) {
            this(below, new Traced(below.store()));
        }

        @Override
        public TaskStore openSecond() {
            return new Traced(below.openSecond());
        }

        @Override
        public void advance(Duration by) {
            below.advance(by);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Traces nothing. */
    private static final class Traced extends DelegatingTaskStore {
        private Traced(TaskStore delegate) {
            super(delegate);
        }
    }

    @Nested
    class Lifecycle extends LifecycleSuite {
        @Override
        protected StoreUnderTest createStore() {
            return decorated();
        }
    }

    @Nested
    class Batches extends BatchSuite {
        @Override
        protected StoreUnderTest createStore() {
            return decorated();
        }
    }

    @Nested
    class Cancelling extends CancelSuite {
        @Override
        protected StoreUnderTest createStore() {
            return decorated();
        }
    }

    @Nested
    class Purges extends PurgeSuite {
        @Override
        protected StoreUnderTest createStore() {
            return decorated();
        }
    }

    @Nested
    class Queue extends QueueSuite {
        @Override
        protected StoreUnderTest createStore() {
            return decorated();
        }
    }
}
