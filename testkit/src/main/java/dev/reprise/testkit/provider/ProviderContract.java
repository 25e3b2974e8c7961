package dev.reprise.testkit.provider;

import org.junit.jupiter.api.Nested;

/**
 * All suites for one provider: an implementation passes when a subclass of this does. Suites can also be extended one by
 * one.
 */
public abstract class ProviderContract {

    /** For a contract with a subclass. */
    protected ProviderContract() {}

    /** The provider to test; called before each test. */
    protected abstract ProviderUnderTest createProvider();

    @Nested
    class Answers extends AnswerSuite {
        @Override
        protected ProviderUnderTest createProvider() {
            return ProviderContract.this.createProvider();
        }
    }

    @Nested
    class Failures extends FailureSuite {
        @Override
        protected ProviderUnderTest createProvider() {
            return ProviderContract.this.createProvider();
        }
    }

    @Nested
    class Cuts extends CutSuite {
        @Override
        protected ProviderUnderTest createProvider() {
            return ProviderContract.this.createProvider();
        }
    }

    @Nested
    class Cancelling extends CancelSuite {
        @Override
        protected ProviderUnderTest createProvider() {
            return ProviderContract.this.createProvider();
        }
    }
}
