package dev.reprise.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0s,PT0S", "0.1s,PT0.1S", "8s,PT8S", "2m,PT2M", "1.5m,PT90S", "150ms,PT0.15S", "1h,PT1H"})
    void peoplesDurationsAreRead(String text, Duration duration) {
        assertThat(Durations.read(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "1", "-1s", "1d", "1e3s", "1 2s", "PT1S"})
    void othersAreNot(String text) {
        assertThat(Durations.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT0.04S,0.0 s", "PT1.26S,1.3 s", "PT99S,99.0 s", "PT150S,2.5 min"})
    void durationsAreShownToPeople(Duration duration, String text) {
        assertThat(Durations.show(duration)).isEqualTo(text);
    }
}
