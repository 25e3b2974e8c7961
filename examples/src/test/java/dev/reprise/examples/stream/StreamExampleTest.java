package dev.reprise.examples.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import org.junit.jupiter.api.Test;

class StreamExampleTest {

    @Test
    void aBrokenStreamStartsOverAndIsWholeInTheEnd() {
        var ran = Ran.of("stream", "--latency", "0s");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        var parts = ran.out().split("\\[attempt 1 broke: .*]\\R\\[attempt 2 starts the text over]\\R");
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).contains("# ").doesNotContain("one ferry more than the timetable knows");
        assertThat(parts[1])
                .contains("One evening there is one ferry more than the timetable knows")
                .containsPattern("\\[2 attempts, \\d+ tokens written in all]\\R$");
    }
}
