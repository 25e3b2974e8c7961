package dev.reprise.examples.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic Messages ({@code POST /v1/messages}), as the public API reference and its pages "Streaming Messages" and
 * "Errors" describe it.
 */
final class AnthropicDialect implements Dialect {

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public void authenticate(Headers headers) throws RejectedException {
        String key = headers.get("x-api-key");
        if ((key == null || key.isBlank()) && !Dialect.hasBearer(headers)) {
            throw new RejectedException(ApiError.of(401, "x-api-key header is required"));
        }
    }

    @Override
    public Ask read(Headers headers, Fields body) throws RejectedException {
        return AnthropicReader.read(headers, body);
    }

    @Override
    public Map<String, @Nullable Object> answer(Reply reply) {
        return message(
                reply,
                reply.text().isEmpty() ? List.of() : List.of(Json.object("type", "text", "text", reply.text())),
                stopReason(reply),
                usage(reply, reply.outputTokens()));
    }

    @Override
    public List<SseEvent> stream(Reply reply) {
        List<SseEvent> events = new ArrayList<>();
        Map<String, @Nullable Object> start = message(reply, List.of(), null, usage(reply, 1));
        start.put("stop_sequence", null);
        events.add(event("message_start", "message", start));
        List<String> pieces = reply.pieces();
        if (!pieces.isEmpty()) {
            events.add(
                    event("content_block_start", "index", 0, "content_block", Json.object("type", "text", "text", "")));
            events.add(event("ping"));
            for (String piece : pieces) {
                events.add(event(
                        "content_block_delta", "index", 0, "delta", Json.object("type", "text_delta", "text", piece)));
            }
            events.add(event("content_block_stop", "index", 0));
        }
        events.add(event(
                "message_delta",
                "delta",
                Json.object(
                        "stop_reason",
                        stopReason(reply),
                        "stop_sequence",
                        reply.ending().stop()),
                "usage",
                usage(reply, reply.outputTokens())));
        events.add(event("message_stop"));
        return events;
    }

    @Override
    public SseEvent streamError(Reply reply) {
        return event("error", "error", Json.object("type", "overloaded_error", "message", "Overloaded"));
    }

    @Override
    public Map<String, @Nullable Object> error(ApiError error, String requestId) {
        return Json.object(
                "type",
                "error",
                "error",
                Json.object("type", type(error.status()), "message", error.message()),
                "request_id",
                requestId);
    }

    private static Map<String, @Nullable Object> message(
            Reply reply, List<?> content, @Nullable String stopReason, Map<String, @Nullable Object> usage) {
        return Json.object(
                "id",
                "msg_" + reply.id(),
                "type",
                "message",
                "role",
                "assistant",
                "model",
                reply.ask().model(),
                "content",
                content,
                "stop_reason",
                stopReason,
                "stop_sequence",
                reply.ending().stop(),
                "usage",
                usage);
    }

    private static Map<String, @Nullable Object> usage(Reply reply, int outputTokens) {
        return Json.object(
                "input_tokens",
                reply.inputTokens(),
                "cache_creation_input_tokens",
                0,
                "cache_read_input_tokens",
                0,
                "output_tokens",
                outputTokens,
                "service_tier",
                "standard");
    }

    private static String stopReason(Reply reply) {
        return switch (reply.ending().why()) {
            case DONE -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
        };
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 500 -> "api_error";
            case 529 -> "overloaded_error";
            default -> "invalid_request_error";
        };
    }

    private static SseEvent event(String type, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> data = Json.object("type", type);
        data.putAll(Json.object(namesAndValues));
        return SseEvent.named(type, data);
    }
}
