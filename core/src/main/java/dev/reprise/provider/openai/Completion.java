package dev.reprise.provider.openai;

import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.JsonObject;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion, whether it came whole or as a stream. Only its first choice counts.
 *
 * @param body the completion object; of a stream, put together from its chunks
 */
record Completion(JsonObject body) {

    /** Whether there is a choice to read. */
    boolean hasChoice() {
        return !body.objects("choices").isEmpty();
    }

    JsonObject choice() {
        var choices = body.objects("choices");
        return choices.stream()
                .filter(choice -> choice.numberOrZero("index") == 0)
                .findFirst()
                .orElse(JsonObject.EMPTY);
    }

    /** The text, which some servers give in parts. */
    String text() {
        var message = choice().objectOrEmpty("message");
        var text = message.string("content");
        if (text != null) {
            return text;
        }
        return message.objects("content").stream()
                .map(part -> part.string("text"))
                .filter(part -> part != null)
                .collect(Collectors.joining());
    }

    /** What the model said instead of answering, or null. */
    @Nullable
    String refusal() {
        var refusal = choice().objectOrEmpty("message").string("refusal");
        return refusal == null || refusal.isBlank() ? null : refusal;
    }

    /** The provider's word for why it stopped, or null. */
    @Nullable
    String rawStopReason() {
        return choice().string("finish_reason");
    }

    /** What stood behind a gateway's word, or null. */
    @Nullable
    String nativeStopReason() {
        return choice().string("native_finish_reason");
    }

    /** Why it stopped. */
    StopReason stopReason() {
        var raw = rawStopReason();
        return switch (raw == null ? "" : raw) {
            case "stop" -> StopReason.END;
            case "length" -> StopReason.MAX_TOKENS;
            case "content_filter" -> StopReason.REFUSAL;
            case "tool_calls", "function_call" -> StopReason.TOOL_USE;
            default -> StopReason.OTHER;
        };
    }

    /** Tokens spent; what came from the prompt cache is part of the prompt's tokens on the wire, and not of ours. */
    Usage usage() {
        var usage = body.objectOrEmpty("usage");
        var details = usage.objectOrEmpty("prompt_tokens_details");
        long read = details.numberOrZero("cached_tokens");
        long written = details.numberOrZero("cache_write_tokens");
        return new Usage(
                usage.numberOrZero("prompt_tokens") - read - written,
                usage.numberOrZero("completion_tokens"),
                read,
                written);
    }
}
