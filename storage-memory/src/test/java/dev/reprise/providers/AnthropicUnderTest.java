package dev.reprise.providers;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.testkit.provider.ProviderUnderTest;
import dev.reprise.testkit.provider.Speech;
import java.util.Map;

/** Anthropic's way to say things. */
final class AnthropicUnderTest implements ProviderUnderTest {

    @Override
    public Provider connect(String server, String key, boolean streaming) {
        return AnthropicProvider.builder()
                .apiKey(key)
                .baseUrl(server)
                .streaming(streaming)
                .build();
    }

    @Override
    public String answer(Speech speech) {
        return """
                {"id":"msg_1","type":"message","role":"assistant","model":"model-1","content":[{"type":"text","text":"%s"}],\
                "stop_reason":"%s","usage":{"input_tokens":%d,"output_tokens":%d}}
                """.formatted(
                        speech.text(),
                        speech.stopWord(),
                        speech.usage().inputTokens(),
                        speech.usage().outputTokens());
    }

    @Override
    public String stream(Speech speech) {
        return begin(speech)
                + event("content_block_stop", "\"index\":0")
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"" + speech.stopWord() + "\"},\"usage\":{\"output_tokens\":"
                                + speech.usage().outputTokens() + "}")
                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    private static String begin(Speech speech) {
        var stream = new StringBuilder(event(
                "message_start",
                "\"message\":{\"content\":[],\"usage\":{\"input_tokens\":"
                        + speech.usage().inputTokens() + ",\"output_tokens\":1}}"));
        stream.append(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
        for (String piece : speech.pieces()) {
            stream.append(event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}"));
        }
        return stream.toString();
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    @Override
    public String error(String code, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    @Override
    public String streamWithError(Speech speech, String code, String message) {
        return begin(speech) + "event: error\ndata: " + error(code, message) + "\n\n";
    }

    @Override
    public String endWord() {
        return "end_turn";
    }

    @Override
    public Map<String, StopReason> stopWords() {
        return Map.of(
                "end_turn", StopReason.END,
                "stop_sequence", StopReason.STOP_SEQUENCE,
                "max_tokens", StopReason.MAX_TOKENS,
                "model_context_window_exceeded", StopReason.CONTEXT_WINDOW,
                "tool_use", StopReason.TOOL_USE);
    }

    @Override
    public String refusalWord() {
        return "refusal";
    }

    @Override
    public Map<String, FailureKind> codes() {
        return Map.of(
                "invalid_request_error", FailureKind.INVALID_REQUEST,
                "authentication_error", FailureKind.AUTH,
                "billing_error", FailureKind.QUOTA,
                "request_too_large", FailureKind.TOO_LARGE,
                "rate_limit_error", FailureKind.RATE_LIMITED,
                "api_error", FailureKind.SERVER,
                "timeout_error", FailureKind.TIMEOUT,
                "overloaded_error", FailureKind.OVERLOADED,
                "brand_new_error", FailureKind.SERVER);
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }
}
