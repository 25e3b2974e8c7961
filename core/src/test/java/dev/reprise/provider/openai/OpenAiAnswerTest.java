package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What whole and streamed completions mean. */
class OpenAiAnswerTest {

    private static final String USAGE = "{\"object\":\"chat.completion.chunk\",\"choices\":[],\"usage\":"
            + "{\"prompt_tokens\":20,\"completion_tokens\":34,\"prompt_tokens_details\":{\"cached_tokens\":8}}}";

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static String chunk(String delta, String finish) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"finish_reason\":" + finish + "}],\"usage\":null,\"obfuscation\":\"xyz\"}";
    }

    private static MockResponse.Builder stream(String... events) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .setHeader("x-request-id", "req_1")
                .chunkedBody(
                        Stream.of(events).map(data -> "data: " + data + "\n\n").collect(Collectors.joining()), 11);
    }

    private OpenAiServer streaming() {
        return new OpenAiServer(web, builder -> builder);
    }

    @ParameterizedTest
    @CsvSource({"stop, END", "length, MAX_TOKENS", "tool_calls, TOOL_USE", "function_call, TOOL_USE", "sunset, OTHER"})
    void finishReasonsKeepTheProvidersWord(String raw, StopReason reason) {
        var reply = OpenAiServer.plain(web).answers(200, completion(raw, "hi")).completed();

        assertThat(reply.stopReason()).isEqualTo(reason);
        assertThat(reply.rawStopReason()).isEqualTo(raw);
        assertThat(reply.exchange().usage()).isEqualTo(Usage.of(12, 34));
    }

    @Test
    void contentInPartsIsJoinedAndNullIsNoText() {
        var server = OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                + "{\"type\":\"text\",\"text\":\"b\"}]},\"finish_reason\":\"stop\"}]}")
                .answers(200, "{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":null}]}");

        assertThat(server.completed().text()).isEqualTo("ab");
        assertThat(server.completed().text()).isEmpty();
    }

    @Test
    void contentFilterAndRefusalAreRefusals() {
        var server = OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":\"Once\"},\"finish_reason\":\"content_filter\","
                                + "\"native_finish_reason\":\"SAFETY\"}]}")
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I can't.\"},"
                                + "\"finish_reason\":\"stop\"}]}");

        var filtered = server.failed();
        var refused = server.failed();

        assertThat(filtered.failure().kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(filtered.failure().code()).isEqualTo("content_filter");
        assertThat(filtered.failure().message()).isEqualTo("the model declined (content_filter, SAFETY)");
        assertThat(filtered.text()).isEqualTo("Once");
        assertThat(refused.failure().code()).isEqualTo("refusal");
        assertThat(refused.failure().message()).isEqualTo("the model declined (refusal): I can't.");
        assertThat(refused.text()).isEqualTo("I can't.");
    }

    @Test
    void streamIsPutTogetherWithUsageFromItsLastChunk() {
        var server = streaming()
                .answers(stream(
                        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                        chunk("{\"content\":\"Hello \"}", "null"),
                        chunk("{\"content\":\"wörld 🚀\",\"reasoning\":\"hm\"}", "null"),
                        chunk("{}", "\"stop\""),
                        USAGE,
                        "[DONE]"));

        var reply = (Completed) server.call(ask("Go"));

        assertThat(reply.text()).isEqualTo("Hello wörld 🚀");
        assertThat(reply.stopReason()).isEqualTo(StopReason.END);
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 34, 8, 0));
        assertThat(reply.exchange().requestId()).isEqualTo("req_1");
        assertThat(server.control().deltas()).containsExactly("Hello ", "wörld 🚀");
    }

    @Test
    void openRouterCommentsArePassedOver() {
        var server = new OpenAiServer(web, b -> b.dialect(Dialect.OPENROUTER))
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .setHeader("x-generation-id", "gen-1")
                        .body(": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: "
                                + chunk("{\"content\":\"hi\"}", "\"stop\"") + "\n\ndata: [DONE]\n\n"));

        var reply = server.completed();

        assertThat(reply.text()).isEqualTo("hi");
        assertThat(reply.exchange().requestId()).isEqualTo("gen-1");
    }

    @Test
    void finishReasonAndAProperEndOfTheStreamAreAsGoodAsDone() {
        var reply = streaming()
                .answers(stream(chunk("{\"content\":\"hi\"}", "\"stop\""), USAGE))
                .completed();

        assertThat(reply.stopReason()).isEqualTo(StopReason.END);
        assertThat(reply.text()).isEqualTo("hi");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 34, 8, 0));
    }

    @Test
    void streamWithoutAnEndOfAnyKindIsNoSuccess() {
        var reply = streaming()
                .answers(stream(chunk("{\"content\":\"hi\"}", "null"), USAGE))
                .failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(reply.failure().message()).isEqualTo("the stream ended before its end");
        assertThat(reply.text()).isEqualTo("hi");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 34, 8, 0));
    }

    @Test
    void chunkThatIsNotJsonIsNoSuccess() {
        var reply = streaming()
                .answers(stream(chunk("{\"content\":\"hi\"}", "null"), "{\"choi", "[DONE]"))
                .failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(reply.text()).isEqualTo("hi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\":{\"code\":529,\"message\":\"m\"},\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"error\"}]}; OVERLOADED; 529",
                "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}}; RATE_LIMITED; rate_limit_exceeded",
                "{\"error\":{\"code\":\"server_error\",\"message\":\"m\"}}; SERVER; server_error",
                "{\"error\":\"m\"}; SERVER;",
                "{\"object\":\"error\",\"message\":\"m\",\"type\":\"BadRequestError\",\"code\":400}; INVALID_REQUEST; 400",
                "{\"choices\":[{\"index\":0,\"error\":{\"code\":503,\"message\":\"m\"}}]}; OVERLOADED; 503",
                "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"m\"}}; QUOTA; insufficient_quota"
            })
    void errorInMidStreamGoesByItsCode(String chunk, FailureKind kind, String code) {
        var reply = streaming()
                .answers(stream(chunk("{\"content\":\"hi\"}", "null"), chunk))
                .failed();

        assertThat(reply.failure().kind()).isEqualTo(kind);
        assertThat(reply.failure().code()).isEqualTo(code);
        assertThat(reply.failure().status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("hi");
    }

    @Test
    void eventNamedErrorIsOne() {
        var reply = (Failed) streaming()
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .body("event: error\ndata: {\"message\":\"gone\",\"code\":\"timeout\"}\n\n"))
                .call(ask("Go"));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(reply.failure().message()).isEqualTo("HTTP 200 timeout: gone");
    }
}
