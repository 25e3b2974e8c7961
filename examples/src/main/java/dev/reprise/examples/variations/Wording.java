package dev.reprise.examples.variations;

import dev.reprise.examples.command.Durations;
import dev.reprise.examples.command.PlainText;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.Generation;
import dev.reprise.generation.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Words and figures for people. */
final class Wording {

    private Wording() {}

    /** {@code 1 attempt}, {@code 2 attempts}, {@code 1,204 words}. */
    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    static long words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    static String tokens(Usage usage) {
        return String.format(Locale.ROOT, "%,d tokens in, %,d out", usage.inputTokens(), usage.outputTokens());
    }

    static String took(Generation generation) {
        return Durations.show(Objects.requireNonNullElse(generation.took(), Duration.ZERO));
    }

    /** How long an attempt took, claim to outcome. */
    static String took(Attempt attempt) {
        return Durations.show(Duration.between(attempt.startedAt(), attempt.endedAt()));
    }

    /** How an attempt ended. */
    static String outcome(Attempt attempt) {
        var failure = attempt.failure();
        return failure == null ? attempt.outcome().name().toLowerCase(Locale.ROOT) : cause(failure);
    }

    /** What went wrong, for who runs the app: {@code rate limited (HTTP 429)}. */
    static String cause(GenerationFailure failure) {
        var words = switch (failure.kind()) {
            case NETWORK -> "connection broke";
            case SERVER -> "server error";
            case AUTH -> "key refused";
            case TIMEOUT -> "no answer in time";
            default -> failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
        var status = failure.status();
        return status == null || status < 400 ? words : words + " (HTTP " + status + ")";
    }

    /** A text's first line without Markdown's marks. */
    static String firstLine(String text) {
        return PlainText.shown(text)
                .lines()
                .map(line -> line.replaceFirst("^[#>*\\-\\s|]+", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    static String cut(String text, int length) {
        var shown = PlainText.shown(text);
        if (shown.length() <= length) {
            return shown;
        }
        int end = Math.max(0, length - 3);
        boolean half = end > 0 && Character.isHighSurrogate(shown.charAt(end - 1));
        return shown.substring(0, half ? end - 1 : end) + "...";
    }
}
