package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.Conversation;
import dev.reprise.examples.simulator.text.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;

/**
 * Reads a Messages request as strictly as the API does, for the API versions 2023-06-01 and 2026-10-21.
 *
 * <p>The newer version refuses sampling parameters, documents in assistant messages and citations on user text.
 */
final class AnthropicReader {

    private static final String OLD = "2023-06-01";
    private static final String NEW = "2026-10-21";
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "max_tokens",
            "system",
            "stream",
            "stop_sequences",
            "temperature",
            "top_p",
            "top_k",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "metadata",
            "service_tier",
            "cache_control",
            "container",
            "inference_geo");

    private AnthropicReader() {}

    static Ask read(Headers headers, Fields body) throws RejectedException {
        boolean strict = version(headers).equals(NEW);
        body.allowOnly(FIELDS);
        String model = body.text("model");
        body.required("max_tokens");
        int maxTokens = body.integer("max_tokens", 0).orElseThrow();
        sampling(body, strict);
        List<Turn> turns = new ArrayList<>();
        if (body.has("system")) {
            turns.add(new Turn(Turn.Role.SYSTEM, content(body, "system", Turn.Role.SYSTEM, strict)));
        }
        body.required("messages");
        List<Fields> messages = body.objects("messages");
        if (messages.isEmpty()) {
            throw body.bad("messages", "at least one message is required");
        }
        for (Fields message : messages) {
            Turn.Role role = role(message);
            turns.add(new Turn(role, content(message, "content", role, strict)));
        }
        return new Ask(
                model,
                new Conversation(turns),
                new Limits(maxTokens, body.texts("stop_sequences")),
                body.flag("stream") ? Ask.Delivery.STREAM : Ask.Delivery.PLAIN);
    }

    private static String version(Headers headers) throws RejectedException {
        String version = headers.get("anthropic-version");
        if (version == null) {
            throw RejectedException.badRequest("anthropic-version", "header is required");
        }
        if (!version.equals(OLD) && !version.equals(NEW)) {
            throw RejectedException.badRequest("anthropic-version", "\"" + version + "\" is not a valid version");
        }
        return version;
    }

    private static void sampling(Fields body, boolean strict) throws RejectedException {
        for (String name : SAMPLING) {
            if (strict && body.values().containsKey(name)) {
                throw body.bad(name, "is not supported on API version " + NEW);
            }
        }
        body.number("temperature", 0, 1);
        body.number("top_p", 0, 1);
        body.integer("top_k", 0);
    }

    private static Turn.Role role(Fields message) throws RejectedException {
        return switch (message.text("role")) {
            case "user" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            case "system" -> Turn.Role.SYSTEM;
            default -> throw message.bad("role", "Input should be 'user', 'assistant' or 'system'");
        };
    }

    private static String content(Fields owner, String name, Turn.Role role, boolean strict) throws RejectedException {
        if (owner.required(name) instanceof String text) {
            return notEmpty(owner, name, text);
        }
        StringBuilder text = new StringBuilder();
        for (Fields block : owner.objects(name)) {
            String type = block.text("type");
            if (type.equals("text")) {
                text.append(text.isEmpty() ? "" : "\n").append(notEmpty(block, "text", block.text("text")));
                if (strict && role == Turn.Role.USER && cites(block)) {
                    throw block.bad("citations", "is not supported on user text blocks on API version " + NEW);
                }
            } else if (strict && role == Turn.Role.ASSISTANT && type.equals("document")) {
                throw block.bad("type", "document blocks in assistant messages are not supported on " + NEW);
            }
        }
        return text.toString();
    }

    private static boolean cites(Fields block) {
        return (block.value("citations") instanceof List<?> list && !list.isEmpty())
                || (block.value("citations") instanceof Map<?, ?> map && !map.isEmpty());
    }

    private static String notEmpty(Fields owner, String name, String text) throws RejectedException {
        if (text.isEmpty()) {
            throw owner.bad(name, "text content must be non-empty");
        }
        return text;
    }
}
