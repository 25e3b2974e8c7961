package dev.reprise.examples.call;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.Generation;
import dev.reprise.generation.StopReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a generation looks like as a line of output. */
final class Answers {

    private Answers() {}

    /** The answer to a line that was sent. */
    static Map<String, @Nullable Object> of(Generation generation) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("state", generation.state().name());
        answer.put("text", generation.text());
        answer.put("stopReason", word(stopReason(generation)));
        answer.put("requestId", requestId(generation));
        answer.put("usage", usage(generation));
        answer.put(
                "attempts", generation.attempts().stream().map(Answers::attempt).toList());
        answer.put("failure", failure(generation.failure()));
        answer.put("sent", sent(generation));
        return answer;
    }

    /** The answer to a line that was not. */
    static Map<String, @Nullable Object> refusal(InvalidRequestException problem) {
        return error(problem.field(), problem.value(), String.valueOf(problem.getMessage()));
    }

    /** The answer to a line that could not even be read, or that something unforeseen came to. */
    static Map<String, @Nullable Object> error(String field, String value, String message) {
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("field", field);
        error.put("value", value);
        error.put("message", message);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("error", error);
        return answer;
    }

    private static Map<String, Long> usage(Generation generation) {
        var usage = new LinkedHashMap<String, Long>();
        usage.put("input", generation.usage().inputTokens());
        usage.put("output", generation.usage().outputTokens());
        return usage;
    }

    private static Map<String, @Nullable Object> attempt(Attempt attempt) {
        var failure = attempt.failure();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("outcome", word(attempt.outcome()));
        row.put("kind", failure == null ? null : word(failure.kind()));
        row.put("blame", failure == null ? null : word(failure.blame()));
        row.put("status", failure == null ? null : failure.status());
        row.put("code", failure == null ? null : failure.code());
        row.put("requestId", attempt.exchange().requestId());
        row.put("delayMs", millis(attempt.delay()));
        row.put("retryAfterMs", failure == null ? null : millis(failure.retryAfter()));
        return row;
    }

    private static @Nullable Map<String, @Nullable Object> failure(@Nullable GenerationFailure failure) {
        if (failure == null) {
            return null;
        }
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("kind", word(failure.kind()));
        row.put("blame", word(failure.blame()));
        row.put("retryable", failure.retryable());
        row.put("status", failure.status());
        row.put("code", failure.code());
        row.put("message", failure.message());
        return row;
    }

    private static Map<String, Object> sent(Generation generation) {
        var result = generation.result();
        var sent = result != null
                ? result.sent()
                : last(generation.attempts().stream()
                        .map(attempt -> attempt.exchange().sent())
                        .toList());
        var parameters = new TreeMap<String, Object>();
        if (sent != null) {
            // They are remembered as texts; a number is to look like one again.
            sent.parameters()
                    .forEach((name, text) ->
                            parameters.put(name, Json.value(text).orElse(text)));
        }
        return parameters;
    }

    private static @Nullable String requestId(Generation generation) {
        var result = generation.result();
        return result != null
                ? result.requestId()
                : last(generation.attempts().stream()
                        .map(attempt -> attempt.exchange().requestId())
                        .toList());
    }

    /** A result says it; of a failure it is told from what the failure came of. */
    private static @Nullable StopReason stopReason(Generation generation) {
        var result = generation.result();
        if (result != null) {
            return result.stopReason();
        }
        var failure = last(generation.attempts().stream().map(Attempt::failure).toList());
        if (failure == null) {
            return null;
        }
        var code = Objects.requireNonNullElse(failure.code(), "");
        return switch (failure.kind()) {
            case TRUNCATED ->
                code.equals("model_context_window_exceeded") ? StopReason.CONTEXT_WINDOW : StopReason.MAX_TOKENS;
            case REFUSED -> StopReason.REFUSAL;
            case UNPARSEABLE -> emptyAnswer(code);
            default -> null;
        };
    }

    private static @Nullable StopReason emptyAnswer(String code) {
        return switch (code) {
            case "end_turn", "stop" -> StopReason.END;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            default -> null;
        };
    }

    private static <T> @Nullable T last(List<@Nullable T> list) {
        return list.isEmpty() ? null : list.get(list.size() - 1);
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}
