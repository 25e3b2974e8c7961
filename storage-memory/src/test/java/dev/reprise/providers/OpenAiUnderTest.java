package dev.reprise.providers;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.Provider;
import dev.reprise.provider.openai.Dialect;
import dev.reprise.provider.openai.OpenAiProvider;
import dev.reprise.testkit.provider.ProviderUnderTest;
import dev.reprise.testkit.provider.Speech;
import java.util.Map;

/** The way to say things that OpenAI's dialects share. */
final class OpenAiUnderTest implements ProviderUnderTest {

    private final Dialect dialect;

    OpenAiUnderTest(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Provider connect(String server, String key, boolean streaming) {
        return OpenAiProvider.builder()
                .dialect(dialect)
                .apiKey(key)
                .baseUrl(server + "/v1")
                .streaming(streaming)
                .build();
    }

    @Override
    public String answer(Speech speech) {
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                + "\"assistant\",\"content\":\"" + speech.text() + "\"},\"finish_reason\":\"" + speech.stopWord()
                + "\"}]," + usage(speech) + "}\n";
    }

    @Override
    public String stream(Speech speech) {
        return begin(speech)
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + speech.stopWord()
                + "\"}],\"usage\":null}\n\ndata: {\"choices\":[]," + usage(speech) + "}\n\ndata: [DONE]\n\n";
    }

    private static String begin(Speech speech) {
        var stream = new StringBuilder(": PROCESSING\n\n");
        for (String piece : speech.pieces()) {
            stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                    .append(piece)
                    .append("\"},\"finish_reason\":null}],\"usage\":null}\n\n");
        }
        return stream.toString();
    }

    private static String usage(Speech speech) {
        return "\"usage\":{\"prompt_tokens\":" + speech.usage().inputTokens() + ",\"completion_tokens\":"
                + speech.usage().outputTokens() + "}";
    }

    @Override
    public String error(String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"x\",\"param\":null,\"code\":\"" + code + "\"}}";
    }

    @Override
    public String streamWithError(Speech speech, String code, String message) {
        return begin(speech) + "data: " + error(code, message) + "\n\n";
    }

    @Override
    public String endWord() {
        return "stop";
    }

    @Override
    public Map<String, StopReason> stopWords() {
        return Map.of(
                "stop", StopReason.END,
                "length", StopReason.MAX_TOKENS,
                "tool_calls", StopReason.TOOL_USE,
                "function_call", StopReason.TOOL_USE);
    }

    @Override
    public String refusalWord() {
        return "content_filter";
    }

    @Override
    public Map<String, FailureKind> codes() {
        return Map.of(
                "400", FailureKind.INVALID_REQUEST,
                "401", FailureKind.AUTH,
                "402", FailureKind.QUOTA,
                "insufficient_quota", FailureKind.QUOTA,
                "rate_limit_exceeded", FailureKind.RATE_LIMITED,
                "502", FailureKind.SERVER,
                "504", FailureKind.TIMEOUT,
                "529", FailureKind.OVERLOADED,
                "brand_new", FailureKind.SERVER);
    }

    @Override
    public String requestIdHeader() {
        return dialect.equals(Dialect.OPENROUTER) ? "x-generation-id" : "x-request-id";
    }
}
