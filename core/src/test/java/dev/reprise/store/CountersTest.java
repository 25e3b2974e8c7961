package dev.reprise.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.store.Counters.Counted;
import org.junit.jupiter.api.Test;

/** What a task has been through. */
class CountersTest {

    private static final Counters SOME = new Counters(10, 4, 3, 2, 1);

    @Test
    void nothingHasHappenedAtFirst() {
        assertThat(Counters.NONE).isEqualTo(new Counters(0, 0, 0, 0, 0));
    }

    @Test
    void claimRaisesTheAttemptsAndHandingBackReturnsTheNumber() {
        assertThat(SOME.claimed()).isEqualTo(new Counters(11, 4, 3, 2, 1));
        assertThat(SOME.claimed().handedBack()).isEqualTo(SOME);
    }

    @Test
    void crashIsNoFailure() {
        assertThat(SOME.crashed()).isEqualTo(new Counters(10, 4, 4, 2, 1));
    }

    @Test
    void attemptCountsOnceOrNotAtAll() {
        assertThat(SOME.plus(Counted.NOTHING)).isEqualTo(SOME);
        assertThat(SOME.plus(Counted.FAILURE)).isEqualTo(new Counters(10, 5, 3, 2, 1));
        assertThat(SOME.plus(Counted.PARAMETER_RETRY)).isEqualTo(new Counters(10, 4, 3, 3, 1));
        assertThat(SOME.plus(Counted.TURN_CONTINUATION)).isEqualTo(new Counters(10, 4, 3, 2, 2));
    }
}
