package dev.reprise.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is done in whatever order: legal transitions only, counters that add up, and everything ends. */
public abstract class RandomSuite extends StoreSuite {

    private static final int STEPS = 250;

    /** For a suite with a subclass. */
    protected RandomSuite() {}

    @Test
    void anyOrderOfOperationsMakesLegalTransitionsOnlyAndEverythingEnds() {
        for (long seed = 1; seed <= 6; seed++) {
            var walk = new RandomWalk(this, seed);
            for (int step = 0; step < STEPS; step++) {
                walk.step();
            }
            walk.finish();
            assertThat(walk.states()).isNotEmpty().allMatch(TaskState::isTerminal);
            assertThat(List.copyOf(walk.states())).contains(TaskState.SUCCEEDED, TaskState.FAILED);
        }
    }
}
