package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tokens add up. */
class UsageTest {

    @Test
    void usagesAddUpFieldByField() {
        assertThat(new Usage(1, 2, 3, 4).plus(new Usage(10, 20, 30, 40))).isEqualTo(new Usage(11, 22, 33, 44));
        assertThat(Usage.of(1, 2)).isEqualTo(new Usage(1, 2, 0, 0));
    }

    @Test
    void nothingAddedChangesNothing() {
        assertThat(new Usage(1, 2, 3, 4).plus(Usage.NONE)).isEqualTo(new Usage(1, 2, 3, 4));
        assertThat(Usage.NONE).isEqualTo(Usage.of(0, 0));
    }

    @Test
    void negativeCountsBecomeZero() {
        assertThat(new Usage(-1, -2, -3, Long.MIN_VALUE)).isEqualTo(Usage.NONE);
    }

    @Test
    void orderOfAddingDoesNotMatter() {
        var random = new Random(2);
        for (int i = 0; i < 500; i++) {
            var a = usage(random);
            var b = usage(random);
            var c = usage(random);
            assertThat(a.plus(b).plus(c))
                    .isEqualTo(c.plus(a.plus(b)))
                    .isEqualTo(b.plus(c).plus(a));
        }
    }

    private static Usage usage(Random random) {
        return new Usage(random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
    }
}
