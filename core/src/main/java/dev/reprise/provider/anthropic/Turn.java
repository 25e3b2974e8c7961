package dev.reprise.provider.anthropic;

import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model's turn, whether it came as a message or as a stream.
 *
 * @param message the message object; of a stream, put together from its events
 */
record Turn(JsonObject message) {

    /** The text of all text blocks; blocks of other types, known or not, have none. */
    String text() {
        return text(message.objects("content"));
    }

    /** The text of some content blocks. */
    static String text(List<JsonObject> blocks) {
        return blocks.stream()
                .filter(block -> "text".equals(block.string("type")))
                .map(block -> block.string("text"))
                .filter(text -> text != null)
                .collect(Collectors.joining());
    }

    /** The content blocks as they came. */
    List<?> content() {
        return message.get("content") instanceof List<?> blocks ? blocks : List.of();
    }

    /** The provider's word for why it stopped, or null. */
    @Nullable
    String rawStopReason() {
        return message.string("stop_reason");
    }

    /** Why it stopped. */
    StopReason stopReason() {
        var raw = rawStopReason();
        return switch (raw == null ? "" : raw) {
            case "end_turn" -> StopReason.END;
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "max_tokens" -> StopReason.MAX_TOKENS;
            case "model_context_window_exceeded" -> StopReason.CONTEXT_WINDOW;
            case "refusal" -> StopReason.REFUSAL;
            case "pause_turn" -> StopReason.PAUSE;
            case "tool_use" -> StopReason.TOOL_USE;
            default -> StopReason.OTHER;
        };
    }

    /** More about the stop, for a refusal its category. */
    JsonObject stopDetails() {
        return message.objectOrEmpty("stop_details");
    }

    /** Tokens spent. */
    Usage usage() {
        return usage(message);
    }

    /** The tokens that any object with a usage member reports. */
    static Usage usage(JsonObject body) {
        var usage = body.objectOrEmpty("usage");
        return new Usage(
                usage.numberOrZero("input_tokens"),
                usage.numberOrZero("output_tokens"),
                usage.numberOrZero("cache_read_input_tokens"),
                usage.numberOrZero("cache_creation_input_tokens"));
    }
}
