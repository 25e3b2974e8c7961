package dev.reprise.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule is a list of waits: what it may hold and how it is cut and lengthened. */
class RetryScheduleTest {

    private static final Duration SEVEN_DAYS = Duration.ofDays(7);

    @Test
    void nDelaysAllowOneAttemptMore() {
        assertThat(RetrySchedule.never().maxAttempts()).isEqualTo(1);
        assertThat(RetrySchedule.delays(Duration.ofSeconds(1)).maxAttempts()).isEqualTo(2);
        assertThat(RetrySchedule.DEFAULT.maxAttempts()).isEqualTo(4);
        assertThat(RetrySchedule.ESCALATING.maxAttempts()).isEqualTo(7);
    }

    @Test
    void defaultWaitsTwoFourAndEightSeconds() {
        assertThat(RetrySchedule.DEFAULT.delays())
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(RetrySchedule.DEFAULT.jitter()).isEqualTo(0.1);
    }

    @Test
    void escalatingWaits1055SecondsInAll() {
        assertThat(RetrySchedule.ESCALATING.delays())
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 30L, 120L, 300L, 300L, 300L);
        assertThat(RetrySchedule.ESCALATING.delays().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofSeconds(1_055));
    }

    @Test
    void lengthenedScheduleRepeatsItsLastDelay() {
        assertThat(RetrySchedule.DEFAULT.withMaxAttempts(7).delays())
                .extracting(Duration::toSeconds)
                .containsExactly(2L, 4L, 8L, 8L, 8L, 8L);
    }

    @Test
    void shortenedScheduleKeepsItsFirstDelays() {
        assertThat(RetrySchedule.ESCALATING.withMaxAttempts(3).delays())
                .extracting(Duration::toSeconds)
                .containsExactly(5L, 30L);
        assertThat(RetrySchedule.ESCALATING.withMaxAttempts(1).delays()).isEmpty();
    }

    @Test
    void everyNumberOfAttemptsFrom1To20CanBeHad() {
        for (int attempts = 1; attempts <= 20; attempts++) {
            assertThat(RetrySchedule.ESCALATING.withMaxAttempts(attempts).maxAttempts())
                    .isEqualTo(attempts);
        }
    }

    @Test
    void resizingKeepsTheJitter() {
        assertThat(RetrySchedule.DEFAULT.withJitter(0.5).withMaxAttempts(9).jitter())
                .isEqualTo(0.5);
    }

    @Test
    void changingTheJitterKeepsTheDelays() {
        assertThat(RetrySchedule.DEFAULT.withJitter(0)).isEqualTo(new RetrySchedule(RetrySchedule.DEFAULT.delays(), 0));
    }

    @Test
    void laterChangesOfTheGivenListDoNotShow() {
        var given = new ArrayList<>(List.of(Duration.ofSeconds(1)));
        var schedule = new RetrySchedule(given, 0);

        given.add(Duration.ofSeconds(2));

        assertThat(schedule.delays()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void delaysFromZeroTo7DaysAreTaken() {
        assertThat(RetrySchedule.delays(Duration.ZERO, SEVEN_DAYS).delays()).containsExactly(Duration.ZERO, SEVEN_DAYS);
    }

    @Test
    void delayOutsideZeroTo7DaysIsRefused() {
        assertThatThrownBy(() -> RetrySchedule.delays(Duration.ofSeconds(1), Duration.ofMillis(-1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("retry.delays must be PT0S to PT168H: PT-0.001S");
        assertThatThrownBy(() -> RetrySchedule.delays(SEVEN_DAYS.plusNanos(1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("retry.delays must be PT0S to PT168H: PT168H0.000000001S");
    }

    @Test
    void moreThan19DelaysAreRefused() {
        assertThat(new RetrySchedule(Collections.nCopies(19, Duration.ZERO), 0).maxAttempts())
                .isEqualTo(20);
        assertThatThrownBy(() -> new RetrySchedule(Collections.nCopies(20, Duration.ZERO), 0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("retry.delays must be at most 19: 20");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void jitterOutsideZeroToOneIsRefused(double jitter) {
        assertThatThrownBy(() -> RetrySchedule.DEFAULT.withJitter(jitter))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("retry.jitter must be 0 to 1: " + jitter);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 21, Integer.MAX_VALUE})
    void attemptsOutside1To20AreRefused(int attempts) {
        assertThatThrownBy(() -> RetrySchedule.DEFAULT.withMaxAttempts(attempts))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("retry.maxAttempts must be 1 to 20: " + attempts);
    }
}
