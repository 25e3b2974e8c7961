package dev.reprise.testkit.store;

import org.junit.jupiter.api.Nested;

/**
 * All suites for one store: an implementation passes when a subclass of this does. Suites can also be extended one by
 * one.
 *
 * <pre>{@code
 * class MyTaskStoreContractTest extends TaskStoreContract {
 *     @Override
 *     protected StoreUnderTest createStore() {
 *         return new MyStoreUnderTest();
 *     }
 * }
 * }</pre>
 */
public abstract class TaskStoreContract {

    /** For a contract with a subclass. */
    protected TaskStoreContract() {}

    /** A store that is fresh and empty; called before each test. */
    protected abstract StoreUnderTest createStore();

    @Nested
    class Submitting extends SubmissionSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Lifecycle extends LifecycleSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Claims extends ClaimSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Fences extends FenceSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Repeats extends RepeatSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Deadlines extends DeadlineSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Retries extends RetrySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Runners extends RunnerSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Reaping extends ReapSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Batches extends BatchSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Dependencies extends DependencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Queries extends QuerySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Paging extends PagingSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Scopes extends ScopeSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Chains extends ChainSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Idempotency extends IdempotencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Cancelling extends CancelSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Parking extends ParkSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Payloads extends PayloadSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Delays extends DelaySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Contradictions extends ContradictionSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Levels extends LevelSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Ends extends EndSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class BatchEnds extends BatchEndSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Stopping extends StopSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Decisions extends DecisionSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class FailureSummaries extends FailureSummarySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Summaries extends SummarySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Purges extends PurgeSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class QueueFigures extends QueueSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class Concurrency extends ConcurrencySuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }

    @Nested
    class RandomOrder extends RandomSuite {
        @Override
        protected StoreUnderTest createStore() {
            return TaskStoreContract.this.createStore();
        }
    }
}
