package dev.reprise.storage.jdbc;

import dev.reprise.testkit.store.BatchSuite;
import dev.reprise.testkit.store.ChainSuite;
import dev.reprise.testkit.store.ClaimSuite;
import dev.reprise.testkit.store.ConcurrencySuite;
import dev.reprise.testkit.store.DependencySuite;
import dev.reprise.testkit.store.FenceSuite;
import dev.reprise.testkit.store.IdempotencySuite;
import dev.reprise.testkit.store.LifecycleSuite;
import dev.reprise.testkit.store.PagingSuite;
import dev.reprise.testkit.store.ParkSuite;
import dev.reprise.testkit.store.PayloadSuite;
import dev.reprise.testkit.store.QuerySuite;
import dev.reprise.testkit.store.ReapSuite;
import dev.reprise.testkit.store.RetrySuite;
import dev.reprise.testkit.store.RunnerSuite;
import dev.reprise.testkit.store.ScopeSuite;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.SubmissionSuite;
import org.junit.jupiter.api.Nested;

/** What every store promises, kept in H2. */
class H2ContractTest {

    @Nested
    class Batches extends BatchSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Chaining extends ChainSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Claiming extends ClaimSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Concurrencys extends ConcurrencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Depending extends DependencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Fencing extends FenceSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Idempotencys extends IdempotencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Lifecycles extends LifecycleSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Paging extends PagingSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Parks extends ParkSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Payloads extends PayloadSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Querying extends QuerySuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Reaping extends ReapSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Retrying extends RetrySuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Running extends RunnerSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Scoping extends ScopeSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }

    @Nested
    class Submitting extends SubmissionSuite {
        @Override
        protected StoreUnderTest createStore() {
            return H2Databases.inMemory();
        }
    }
}
