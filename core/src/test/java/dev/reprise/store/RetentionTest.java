package dev.reprise.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {

    @Test
    void negativeTimeIsRefusedByName() {
        assertThatThrownBy(() -> Retention.of(Duration.ofDays(-1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("keep must not be negative: PT-24H");
    }

    @Test
    void numberAtOnceIsLimited() {
        assertThatThrownBy(() -> new Retention(Duration.ZERO, 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("atOnce must be 1 to 10000: 0");
    }
}
