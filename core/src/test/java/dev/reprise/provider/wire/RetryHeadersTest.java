package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What headers say about trying again. */
class RetryHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "0, PT0S",
        "1.5, PT1.5S",
        ".25, PT0.25S",
        "0.0001, PT0.001S",
        "-3, PT0S",
        "' 2 ', PT2S",
        "31536000, PT8760H",
        "99999999999999999999, PT8760H",
        "'Sat, 21 Nov 2026 10:01:30 GMT', PT1M30S",
        "'Sat, 21 Nov 2026 09:00:00 GMT', PT0S",
        "'Sat, 21 Nov 2099 09:00:00 GMT', PT8760H"
    })
    void retryAfterIsUnderstood(String value, Duration wait) {
        assertThat(of("retry-after", value).retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1e3", "1,5", "NaN", "0x10", "tomorrow at ten", "1 2"})
    void garbageAsksForNothing(String value) {
        assertThat(of("retry-after", value).retryAfter()).isNull();
    }

    @Test
    void dateIsReadAgainstTheProvidersOwnClock() {
        var headers =
                Headers.of("date", "Sat, 21 Nov 2026 20:00:00 GMT", "retry-after", "Sat, 21 Nov 2026 20:00:05 GMT");

        assertThat(RetryHeaders.of(headers, NOW).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void millisecondsGoBeforeSecondsUnlessTheyAreGarbage() {
        assertThat(RetryHeaders.of(Headers.of("retry-after-ms", "120", "retry-after", "9"), NOW)
                        .retryAfter())
                .isEqualTo(Duration.ofMillis(120));
        assertThat(RetryHeaders.of(Headers.of("retry-after-ms", "x", "retry-after", "9"), NOW)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void shouldRetryIsTrueFalseOrUnsaid() {
        assertThat(of("x-should-retry", "true").shouldRetry()).isTrue();
        assertThat(of("x-should-retry", "False").shouldRetry()).isFalse();
        assertThat(of("x-should-retry", "maybe").shouldRetry()).isNull();
        assertThat(of("other", "true").shouldRetry()).isNull();
    }

    private static RetryHeaders of(String name, String value) {
        return RetryHeaders.of(Headers.of(name, value), NOW);
    }
}
