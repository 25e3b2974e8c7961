package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.Conversation;
import dev.reprise.examples.simulator.text.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a chat completions request. Fields it does not know are ignored, as servers compatible with OpenAI's do;
 * OpenAI itself would refuse them.
 */
final class OpenAiReader {

    private OpenAiReader() {}

    static Ask read(Fields body) throws RejectedException {
        String model = body.text("model");
        body.number("temperature", 0, 2);
        body.number("top_p", 0, 1);
        if (body.integer("n", 1).orElse(1) != 1) {
            throw body.bad("n", "this server gives one choice for each request");
        }
        body.required("messages");
        List<Turn> turns = new ArrayList<>();
        for (Fields message : body.objects("messages")) {
            turns.add(new Turn(role(message), content(message)));
        }
        if (turns.isEmpty()) {
            throw body.bad("messages", "at least one message is required");
        }
        return new Ask(model, new Conversation(turns), new Limits(maxTokens(body), stops(body)), delivery(body));
    }

    private static int maxTokens(Fields body) throws RejectedException {
        int newer = body.integer("max_completion_tokens", 1).orElse(Integer.MAX_VALUE);
        return Math.min(newer, body.integer("max_tokens", 1).orElse(Integer.MAX_VALUE));
    }

    private static List<String> stops(Fields body) throws RejectedException {
        return body.value("stop") instanceof String stop ? List.of(stop) : body.texts("stop");
    }

    private static Ask.Delivery delivery(Fields body) throws RejectedException {
        if (!body.flag("stream")) {
            if (body.has("stream_options")) {
                throw body.bad("stream_options", "is only allowed when stream is true");
            }
            return Ask.Delivery.PLAIN;
        }
        boolean usage = body.value("stream_options") instanceof Map<?, ?> options
                && Boolean.TRUE.equals(options.get("include_usage"));
        return usage ? Ask.Delivery.STREAM_WITH_USAGE : Ask.Delivery.STREAM;
    }

    private static Turn.Role role(Fields message) throws RejectedException {
        return switch (message.text("role")) {
            case "developer", "system" -> Turn.Role.SYSTEM;
            case "user", "tool", "function" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            default ->
                throw message.bad("role", "Input should be developer, system, user, assistant, tool or function");
        };
    }

    private static String content(Fields message) throws RejectedException {
        if (message.value("content") instanceof String text) {
            return text;
        }
        if (!message.has("content") && message.has("tool_calls")) {
            return "";
        }
        message.required("content");
        StringBuilder text = new StringBuilder();
        for (Fields part : message.objects("content")) {
            if (part.text("type").equals("text")) {
                text.append(text.isEmpty() ? "" : "\n").append(part.text("text"));
            }
        }
        return text.toString();
    }
}
