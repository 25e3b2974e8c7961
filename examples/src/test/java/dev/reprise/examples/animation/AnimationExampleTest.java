package dev.reprise.examples.animation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import org.junit.jupiter.api.Test;

class AnimationExampleTest {

    @Test
    void showsRawAndProcessedTextAndTheNumbers() {
        var ran = Ran.of("animation", "--fault-rate", "0", "--latency", "0s");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).containsOnlyOnce("  | ```tsx");
        assertThat(ran.lines().stream().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "what the code says 24 - 24 8 192",
                        "too many: clamped to 60 120 - 60 8 480",
                        "too few: clamped to 15 8 - 15 8 120",
                        "the request's setting wins 24 50 50 8 400",
                        "and is clamped as well 24 90 60 8 480",
                        "A setting that cannot be used is refused before anything is stored: settings.fps must be a"
                                + " number: many");
    }
}
