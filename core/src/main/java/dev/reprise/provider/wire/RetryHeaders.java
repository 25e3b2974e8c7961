package dev.reprise.provider.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's headers say about trying again: {@code x-should-retry}, {@code retry-after-ms}, and
 * {@code retry-after} in seconds, with a fraction, or as an HTTP date (RFC 9110, section 10.2.3).
 *
 * @param shouldRetry what the provider says outright, or null when it says nothing
 * @param retryAfter the wait it asks for, zero or more, or null when it asks for none that can be understood
 */
public record RetryHeaders(
        @Nullable Boolean shouldRetry, @Nullable Duration retryAfter) {

    /** Nothing is said. */
    public static final RetryHeaders NONE = new RetryHeaders(null, null);

    /** Longer waits than a generation may live mean the same and would only overflow arithmetic. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})");

    /**
     * Reads an answer's headers.
     *
     * @param now this process's time, for a date when the answer does not say the provider's own time
     */
    public static RetryHeaders of(Headers headers, Instant now) {
        var millis = number(headers.get("retry-after-ms"), 1);
        return new RetryHeaders(
                bool(headers.get("x-should-retry")), millis != null ? millis : retryAfter(headers, now));
    }

    /** A wait in seconds as some gateways put it into the body, or null when it cannot be understood. */
    public static @Nullable Duration seconds(@Nullable String text) {
        return number(text, 1_000);
    }

    private static @Nullable Duration retryAfter(Headers headers, Instant now) {
        var seconds = seconds(headers.get("retry-after"));
        if (seconds != null) {
            return seconds;
        }
        var date = headers.getInstant("retry-after");
        if (date == null) {
            return null;
        }
        // Both dates are the provider's, so that a wrong clock on either side changes nothing.
        var sent = headers.getInstant("date");
        return limit(Duration.between(sent != null ? sent : now, date));
    }

    private static @Nullable Duration number(@Nullable String text, int millisPerUnit) {
        if (text == null || !NUMBER.matcher(text.strip()).matches()) {
            return null;
        }
        var millis = new BigDecimal(text.strip()).multiply(BigDecimal.valueOf(millisPerUnit));
        if (millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) >= 0) {
            return LONGEST;
        }
        return limit(Duration.ofMillis(
                millis.max(BigDecimal.ZERO).setScale(0, RoundingMode.CEILING).longValueExact()));
    }

    private static Duration limit(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Boolean bool(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }
}
