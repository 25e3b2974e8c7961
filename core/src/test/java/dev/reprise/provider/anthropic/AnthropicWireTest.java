package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.MODEL;
import static dev.reprise.provider.anthropic.AnthropicServer.ask;
import static dev.reprise.provider.anthropic.AnthropicServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Anthropic's API says, in shapes that are not in its examples. */
class AnthropicWireTest {

    private static final String STOP = event("{\"type\":\"message_stop\"}");

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static String start(String usage) {
        return event("{\"type\":\"message_start\",\"message\":{\"content\":[],\"usage\":" + usage + "}}");
    }

    private static String text(String text) {
        return event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                + text + "\"}}");
    }

    private static String stop(String reason, String usage) {
        return event(
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason + "\"},\"usage\":" + usage + "}");
    }

    private AnthropicServer streaming(String body) {
        return new AnthropicServer(web, builder -> builder)
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .body(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hi\"",
                "[\"h\",\"i\"]",
                "[{\"text\":\"hi\"}]",
                "[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"x\"}]"
            })
    void contentOfAnyShapeIsRead(String content) {
        var server = new AnthropicServer(web)
                .answers(200, "{\"type\":\"message\",\"content\":" + content + ",\"stop_reason\":\"end_turn\"}");

        assertThat(server.completed().text()).isEqualTo("hi");
    }

    @Test
    void countNeverFalls() {
        var server = streaming(
                start("{\"input_tokens\":15,\"output_tokens\":1,\"cache_creation\":{\"ephemeral_5m_input_tokens\":4,"
                                + "\"ephemeral_1h_input_tokens\":5}}")
                        + text("hi")
                        + stop("end_turn", "{\"input_tokens\":0,\"output_tokens\":7}")
                        + STOP);

        assertThat(server.completed().exchange().usage()).isEqualTo(new Usage(15, 7, 0, 9));
    }

    @Test
    void laterUnknownWordDoesNotUndoATruncation() {
        var server = streaming(
                start("{}") + text("hi") + stop("max_tokens", "{}") + stop("", "{}") + stop("eclipse", "{}") + STOP);

        assertThat(server.completed().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void pausedTurnGoesBackWithoutWhatTheApiRefuses() {
        var server = new AnthropicServer(web)
                .answers(
                        200,
                        "{\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"thinking\",\"thinking\":\"hm\"},"
                                + "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                                + "{\"type\":\"text\",\"text\":\" \\n\"},{\"type\":\"text\",\"text\":\"one\"}],"
                                + "\"stop_reason\":\"pause_turn\"}")
                .answers(200, message("end_turn", "two"));
        var request = GenerationRequest.of("Go");

        var again = (Again) server.call(new ProviderRequest(request, MODEL, null, null));
        var reply = (Completed) server.call(new ProviderRequest(request, MODEL, null, again.carry()));

        assertThat(reply.text()).isEqualTo(" \nonetwo");
        server.sentBody();
        assertThat(Json.write(server.sentBody().objects("messages").get(1).get("content")))
                .isEqualTo("[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                        + "{\"type\":\"text\",\"text\":\"one\"}]");
    }

    @Test
    void pausedTurnOfNothingGoesBackAsNoTurn() {
        var server = new AnthropicServer(web)
                .answers(200, "{\"content\":[{\"type\":\"text\",\"text\":\"\"}],\"stop_reason\":\"pause_turn\"}")
                .answers(200, message("end_turn", "two"));
        var request = GenerationRequest.of("Go");

        var again = (Again) server.call(new ProviderRequest(request, MODEL, null, null));
        server.call(new ProviderRequest(request, MODEL, null, again.carry()));

        server.sentBody();
        assertThat(server.sentBody().objects("messages")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Your credit balance is too low to access the Anthropic API., QUOTA, OPERATOR",
        "You have reached your specified API usage limits. You will regain access on 2026-12-01., QUOTA, OPERATOR",
        "prompt is too long: 208310 tokens > 200000 maximum, TOO_LARGE, CALLER",
        "messages: text content blocks must be non-empty, INVALID_REQUEST, CALLER"
    })
    void badRequestIsToldByItsWords(String words, FailureKind kind, Blame blame) {
        var failure = new AnthropicServer(web)
                .answers(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + words
                                + "\"}}")
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void temperatureThatIsDeprecatedForAModelIsLeftOut() {
        var request = GenerationRequest.builder().prompt("Go").temperature(0.9).build();
        var server = new AnthropicServer(web)
                .answers(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                                + "\"`temperature` is deprecated for this model.\"}}");

        assertThat(server.call(ask(request))).isInstanceOf(Again.class);
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.NO);
    }

    @Test
    void temperatureThatOnlyConflictsIsNotForgotten() {
        var request = GenerationRequest.builder().prompt("Go").temperature(0.9).build();
        var server = new AnthropicServer(web)
                .answers(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                                + "\"`temperature` may only be set to 1 when thinking is enabled.\"}}");

        assertThat(server.call(ask(request))).isInstanceOf(Failed.class);
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: overloaded, sorry\n\n",
                "error: {\"type\":\"overloaded_error\",\"message\":\"sorry\"}\n\n",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"sorry\"}}\n"
            })
    void errorOfAnyShapeInMidStreamIsRead(String error) {
        var failed = (Failed)
                streaming(start("{\"input_tokens\":3}") + text("hi") + error).call(ask("Go"));

        assertThat(failed.failure().message()).contains("sorry");
        assertThat(failed.failure().retryable()).isTrue();
        assertThat(failed.text()).isEqualTo("hi");
        assertThat(failed.exchange().usage()).isEqualTo(Usage.of(3, 0));
    }

    @Test
    void emptyErrorBesideAMessageIsNone() {
        var server =
                new AnthropicServer(web).answers(200, message("end_turn", "hi").replaceFirst("\\{", "{\"error\":{},"));

        assertThat(server.completed().text()).isEqualTo("hi");
    }
}
