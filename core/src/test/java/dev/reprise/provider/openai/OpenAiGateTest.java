package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.json.Json;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.StopRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider says beside its text is hidden, cleaned and cut before anybody sees it. */
class OpenAiGateTest {

    private static final String HARM = "\u001b[31mred\u0007\r\nWARN forged\u202e\u0085 " + OpenAiServer.KEY + " "
            + OpenAiServer.KEY.replace("-", "\\u002d") + " " + "x".repeat(100_000);

    @StartStop
    final MockWebServer web = new MockWebServer();

    static Stream<Map<String, Object>> bodies() {
        return Stream.of(
                Map.of("error", Map.of("message", HARM)),
                Map.of("error", Map.of("message", "m", "code", HARM)),
                Map.of("error", Map.of("message", "m", "type", HARM)),
                Map.of("error", HARM),
                Map.of("error", Map.of("message", "m", "metadata", Map.of("raw", HARM))),
                Map.of("detail", List.of(Map.of("msg", HARM))),
                choice(Map.of("finish_reason", HARM, "message", Map.of("content", "text"))),
                choice(Map.of("finish_reason", "content_filter", "message", Map.of("refusal", HARM))),
                choice(Map.of("finish_reason", "content_filter", "native_finish_reason", HARM)),
                choice(Map.of("finish_reason", "stop", "message", Map.of("content", "text"))));
    }

    private static Map<String, Object> choice(Map<String, Object> choice) {
        return Map.of("choices", List.of(choice), "request_id", HARM);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void nothingButPlainWordsLeavesTheProvider(Map<String, Object> body) {
        for (int status : List.of(200, 400, 500)) {
            assertClean(
                    OpenAiServer.plain(web).answers(status, Json.write(body)).call(OpenAiServer.ask("hello")));
            assertClean(new OpenAiServer(web, builder -> builder)
                    .answers(new MockResponse.Builder()
                            .code(status)
                            .setHeader("content-type", "text/event-stream")
                            .body("event: error\ndata: " + Json.write(body) + "\n\ndata: [DONE]\n\n"))
                    .call(OpenAiServer.ask("hello")));
        }
    }

    @Test
    void requestIdOfTheHeadersIsCleanedAndCut() {
        var reply = OpenAiServer.plain(web)
                .answers(json(200, OpenAiServer.completion("stop", "text"))
                        .addHeaderLenient("x-request-id", "\u001b[2Jid " + OpenAiServer.KEY + "y".repeat(1_000)))
                .completed();

        assertThat(reply.exchange().requestId()).startsWith("id ***").hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void keyAcrossTheCutOfALongPageIsHidden() {
        for (int length = 280; length < 301; length++) {
            var failed = OpenAiServer.plain(web)
                    .answers(new MockResponse.Builder().code(502).body("z".repeat(length) + OpenAiServer.KEY + " end"))
                    .failed();

            assertThat(failed.failure().message()).doesNotContain("sk-").startsWith("HTTP 502: zzz");
        }
    }

    private static void assertClean(ProviderReply reply) {
        var judged = reply instanceof ProviderReply.Completed completed ? StopRules.apply(completed) : reply;
        var shown = judged instanceof ProviderReply.Failed failed
                ? failed.failure().toString() + failed.failure().requestId()
                : ((ProviderReply.Completed) judged).rawStopReason()
                        + judged.exchange().requestId();
        assertThat(shown)
                .doesNotContain("\u001b", "\n", "\r", "\u0007", "\u202e", "\u0085")
                .doesNotContain(OpenAiServer.KEY, "0123456789");
        assertThat(shown.length()).isLessThan(2_500);
    }
}
