package dev.reprise.provider.wire;

import dev.reprise.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wait that an error asks for in its body, for servers that say it nowhere else: OpenRouter's {@code retry_after},
 * Google's {@code RetryInfo.retryDelay} ({@code 38s}), and sentences as "try again in 1m2.5s".
 */
final class RetryWords {

    private static final Pattern SENTENCE =
            Pattern.compile("(?:try again|retry)(?: your request)?,? (?:in|after) ((?:\\d{1,9}(?:\\.\\d{1,9})? ?"
                    + "(?:ms|milliseconds?|s|seconds?|secs?|m|minutes?|mins?|h|hours?|d|days?)\\b ?)"
                    + "|(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h|d)){1,5})");
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?([a-z]+)");

    private RetryWords() {}

    /** The wait, or null when none is asked for. */
    static @Nullable Duration of(StatedError error) {
        return Stream.concat(
                        error.objects().stream().map(RetryWords::member),
                        error.messages().stream().map(RetryWords::sentence))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Duration member(JsonObject error) {
        var metadata = error.objectOrEmpty("metadata");
        var seconds = Stream.of(
                        error.objectOrEmpty("availability").code("retry_after"),
                        error.code("retry_after"),
                        metadata.code("retry_after"),
                        metadata.code("retry_after_seconds"),
                        metadata.objectOrEmpty("headers").code("Retry-After"))
                .map(RetryHeaders::seconds)
                .filter(Objects::nonNull)
                .findFirst();
        return seconds.orElseGet(() -> error.objects("details").stream()
                .map(detail -> detail.string("retryDelay"))
                .filter(Objects::nonNull)
                .map(RetryWords::duration)
                .findFirst()
                .orElse(null));
    }

    private static @Nullable Duration sentence(String words) {
        var found = SENTENCE.matcher(
                words.substring(0, Math.min(words.length(), 2_000)).toLowerCase(Locale.ROOT));
        return found.find() ? duration(found.group(1)) : null;
    }

    private static Duration duration(String text) {
        var parts = PART.matcher(text.toLowerCase(Locale.ROOT));
        double seconds = 0;
        while (parts.find()) {
            seconds += Double.parseDouble(parts.group(1)) * unit(parts.group(2));
        }
        return Duration.ofMillis((long) Math.ceil(seconds * 1_000));
    }

    private static double unit(String name) {
        if (name.startsWith("ms") || name.startsWith("milli")) {
            return 0.001;
        }
        return switch (name.charAt(0)) {
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            default -> 1;
        };
    }
}
