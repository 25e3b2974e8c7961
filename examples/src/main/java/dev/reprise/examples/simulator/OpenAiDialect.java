package dev.reprise.examples.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions ({@code POST /v1/chat/completions}) as OpenAI's public API document describes them; a stream that
 * breaks reports it the way OpenRouter's documentation does, in a chunk with a top-level {@code error}.
 */
final class OpenAiDialect implements Dialect {

    /** When every answer says it was created: fixed, so that the same seed gives the same bytes. */
    private static final long CREATED = 1_795_000_000L;

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public String requestIdHeader() {
        return "x-request-id";
    }

    @Override
    public void authenticate(Headers headers) throws RejectedException {
        if (!Dialect.hasBearer(headers)) {
            throw new RejectedException(ApiError.of(
                    401, "You didn't provide an API key: send it in an Authorization header, using Bearer auth"));
        }
    }

    @Override
    public Ask read(Headers headers, Fields body) throws RejectedException {
        return OpenAiReader.read(body);
    }

    @Override
    public Map<String, @Nullable Object> answer(Reply reply) {
        Map<String, @Nullable Object> answer = envelope(reply, "chat.completion");
        answer.put(
                "choices",
                List.of(Json.object(
                        "index",
                        0,
                        "message",
                        Json.object("role", "assistant", "content", reply.text(), "refusal", null),
                        "logprobs",
                        null,
                        "finish_reason",
                        finishReason(reply))));
        answer.put("usage", usage(reply));
        answer.put("system_fingerprint", null);
        return answer;
    }

    @Override
    public List<SseEvent> stream(Reply reply) {
        boolean withUsage = reply.ask().delivery() == Ask.Delivery.STREAM_WITH_USAGE;
        List<SseEvent> events = new ArrayList<>();
        events.add(chunk(reply, Json.object("role", "assistant", "content", ""), null, withUsage));
        for (String piece : reply.pieces()) {
            events.add(chunk(reply, Json.object("content", piece), null, withUsage));
        }
        events.add(chunk(reply, Json.object(), finishReason(reply), withUsage));
        if (withUsage) {
            Map<String, @Nullable Object> last = envelope(reply, "chat.completion.chunk");
            last.put("choices", List.of());
            last.put("usage", usage(reply));
            events.add(SseEvent.of(last));
        }
        events.add(new SseEvent(null, "[DONE]"));
        return events;
    }

    @Override
    public SseEvent streamError(Reply reply) {
        Map<String, @Nullable Object> chunk = envelope(reply, "chat.completion.chunk");
        chunk.put("error", Json.object("code", 502, "message", "The provider disconnected unexpectedly"));
        chunk.put("choices", List.of(choice(Json.object("content", ""), "error")));
        return SseEvent.of(chunk);
    }

    @Override
    public Map<String, @Nullable Object> error(ApiError error, String requestId) {
        return Json.object(
                "error",
                Json.object(
                        "message", error.message(),
                        "type", type(error.status()),
                        "param", error.param(),
                        "code", code(error.status())));
    }

    private static Map<String, @Nullable Object> envelope(Reply reply, String object) {
        return Json.object(
                "id",
                "chatcmpl-" + reply.id(),
                "object",
                object,
                "created",
                CREATED,
                "model",
                reply.ask().model());
    }

    private static SseEvent chunk(
            Reply reply, Map<String, @Nullable Object> delta, @Nullable String finishReason, boolean withUsage) {
        Map<String, @Nullable Object> chunk = envelope(reply, "chat.completion.chunk");
        chunk.put("choices", List.of(choice(delta, finishReason)));
        if (withUsage) {
            chunk.put("usage", null);
        }
        return SseEvent.of(chunk);
    }

    private static Map<String, @Nullable Object> choice(
            Map<String, @Nullable Object> delta, @Nullable String finishReason) {
        return Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finishReason);
    }

    private static Map<String, @Nullable Object> usage(Reply reply) {
        return Json.object(
                "prompt_tokens", reply.inputTokens(),
                "completion_tokens", reply.outputTokens(),
                "total_tokens", reply.inputTokens() + reply.outputTokens());
    }

    private static String finishReason(Reply reply) {
        return reply.ending().why() == Limits.Why.LENGTH ? "length" : "stop";
    }

    private static String type(int status) {
        return switch (status) {
            case 429 -> "requests";
            case 500, 529 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }
}
