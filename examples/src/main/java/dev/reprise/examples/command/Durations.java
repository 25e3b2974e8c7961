package dev.reprise.examples.command;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 150ms}, {@code 0.1s}, {@code 2m}, {@code 1h}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(ms|s|m|h)");

    private Durations() {}

    /** Reads a duration; empty when the text is none. */
    public static Optional<Duration> read(String text) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        var nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        return Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    /** Writes a duration for people, with a digit after the point: {@code 0.4 s}; minutes from 100 seconds on. */
    public static String show(Duration duration) {
        double seconds = duration.toMillis() / 1_000.0;
        return seconds < 100
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
