package dev.reprise.testkit.store.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testkit.store.StoreUnderTest;
import org.junit.jupiter.api.Test;

/**
 * A store answers as another does that is known to be right, whatever is done in whatever order.
 *
 * <p>The system property {@code reprise.walk.steps} says how many steps are walked (10,000 when nothing is said), and
 * {@code reprise.walk.seed} with which seed it begins (1).
 */
public abstract class DifferentialWalkContract {

    private static final int STEPS = 10_000;

    /** For a contract with a subclass. */
    protected DifferentialWalkContract() {}

    /** A fresh and empty store whose answers count as right, as the in-memory one. */
    protected abstract StoreUnderTest createReference();

    /** A fresh and empty store to compare with it. */
    protected abstract StoreUnderTest createStore();

    @Test
    void answersAsTheReferenceDoesWhateverIsDone() {
        var walk = new DifferentialWalk(this::createReference, this::createStore);
        walk.walk(Long.getLong("reprise.walk.seed", 1), Integer.getInteger("reprise.walk.steps", STEPS))
                .ifPresent(divergence -> {
                    throw new AssertionError(divergence.text());
                });
        assertThat(walk.neverCalled())
                .as("methods of the SPI that no operation of the walk calls")
                .isEmpty();
    }
}
