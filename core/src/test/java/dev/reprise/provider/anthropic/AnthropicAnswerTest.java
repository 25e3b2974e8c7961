package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.MODEL;
import static dev.reprise.provider.anthropic.AnthropicServer.ask;
import static dev.reprise.provider.anthropic.AnthropicServer.json;
import static dev.reprise.provider.anthropic.AnthropicServer.message;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Anthropic's whole answers mean. */
class AnthropicAnswerTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    @ParameterizedTest
    @CsvSource({
        "end_turn, END",
        "stop_sequence, STOP_SEQUENCE",
        "max_tokens, MAX_TOKENS",
        "model_context_window_exceeded, CONTEXT_WINDOW",
        "tool_use, TOOL_USE",
        "sunset, OTHER"
    })
    void stopReasonsKeepTheProvidersWord(String raw, StopReason reason) {
        var reply = new AnthropicServer(web).answers(200, message(raw, "hi")).completed();

        assertThat(reply.stopReason()).isEqualTo(reason);
        assertThat(reply.rawStopReason()).isEqualTo(raw);
        assertThat(reply.text()).isEqualTo("hi");
    }

    @Test
    void usageCountsTheCache() {
        var server = new AnthropicServer(web).answers(json(200, """
                                {"type":"message","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn",
                                 "usage":{"input_tokens":1,"output_tokens":2,"cache_creation_input_tokens":3,
                                 "cache_read_input_tokens":4,"speed":"fast"},"diagnostics":{"x":[1]}}""").setHeader("request-id", "req_9"));

        var reply = server.completed();

        assertThat(reply.exchange().usage()).isEqualTo(new Usage(1, 2, 4, 3));
        assertThat(reply.exchange().requestId()).isEqualTo("req_9");
    }

    @Test
    void unknownBlocksAreKeptOutOfTheText() {
        var reply = new AnthropicServer(web).answers(200, """
                        {"type":"message","content":[{"type":"thinking","thinking":"hm","signature":"s"},
                         {"type":"text","text":"one "},{"type":"hologram","text":"no"},{"type":"text","text":"two"}, 7],
                         "stop_reason":"end_turn"}""").completed();

        assertThat(reply.text()).isEqualTo("one two");
        assertThat(reply.exchange().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void noContentIsNoText() {
        var reply = new AnthropicServer(web)
                .answers(200, "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\"}")
                .completed();

        assertThat(reply.text()).isEmpty();
    }

    @Test
    void refusalKeepsItsCategory() {
        var reply = new AnthropicServer(web).answers(200, """
                        {"type":"message","content":[{"type":"text","text":"I can't"}],"stop_reason":"refusal",
                         "stop_details":{"type":"refusal","category":"cyber","explanation":"Looks like malware."},
                         "usage":{"input_tokens":5,"output_tokens":6}}""").failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(reply.failure().code()).isEqualTo("cyber");
        assertThat(reply.failure().message()).isEqualTo("the model declined (cyber): Looks like malware.");
        assertThat(reply.failure().retryable()).isFalse();
        assertThat(reply.text()).isEqualTo("I can't");
        assertThat(reply.exchange().usage()).isEqualTo(Usage.of(5, 6));
    }

    @Test
    void refusalWithoutDetailsIsOneToo() {
        var reply =
                new AnthropicServer(web).answers(200, message("refusal", "")).failed();

        assertThat(reply.failure().code()).isEqualTo("refusal");
        assertThat(reply.failure().message()).isEqualTo("the model declined (no category)");
        assertThat(reply.text()).isNull();
    }

    @Test
    void pausedTurnIsSentBackUnchangedAndGoesOn() {
        var server = new AnthropicServer(web)
                .answers(200, """
                        {"type":"message","content":[{"type":"text","text":"one "},
                         {"type":"server_tool_use","id":"t","input":{"n":9007199254740993}}],"stop_reason":"pause_turn",
                         "usage":{"input_tokens":5,"output_tokens":6}}""")
                .answers(
                        200,
                        "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"two \"}],"
                                + "\"stop_reason\":\"pause_turn\"}")
                .answers(200, message("end_turn", "three"));
        var request = GenerationRequest.of("Go");

        var first = (Again) server.call(new ProviderRequest(request, MODEL, null, null));
        var second = (Again) server.call(new ProviderRequest(request, MODEL, null, first.carry()));
        var third = (Completed) server.call(new ProviderRequest(request, MODEL, null, second.carry()));

        assertThat(first.cause()).isEqualTo(Again.Cause.PAUSED);
        assertThat(first.exchange().usage()).isEqualTo(Usage.of(5, 6));
        assertThat(third.text()).isEqualTo("one two three");
        server.sentBody();
        server.sentBody();
        var turns = server.sentBody().objects("messages");
        assertThat(turns).hasSize(2);
        assertThat(turns.get(1).string("role")).isEqualTo("assistant");
        assertThat(Json.write(turns.get(1).get("content")))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"one \"},{\"type\":\"server_tool_use\",\"id\":\"t\","
                        + "\"input\":{\"n\":9007199254740993}},{\"type\":\"text\",\"text\":\"two \"}]");
    }

    @Test
    void refusedTemperatureIsLeftOutAndRemembered() {
        var error = "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                + "\"message\":\"`temperature` may only be set to 1 for this model\"}}";
        var server = new AnthropicServer(web).answers(400, error).answers(200, message("end_turn", "hi"));
        var request = GenerationRequest.builder().prompt("Go").temperature(0.9).build();

        var again = (Again) server.call(ask(request));
        var reply = server.call(new ProviderRequest(request, MODEL, 0.9, again.carry()));

        assertThat(again.cause()).isEqualTo(Again.Cause.PARAMETER_REJECTED);
        assertThat(again.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(again.exchange().sent().parameters()).containsEntry("temperature", "0.9");
        assertThat(reply.exchange().sent().parameters()).doesNotContainKey("temperature");
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.NO);
        assertThat(server.provider().profile("other").temperature()).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void temperatureOutOfTheProtocolsRangeIsTheCallersFault() {
        var error = "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                + "\"message\":\"temperature: range: 0..1\"}}";
        var server = new AnthropicServer(web).answers(400, error);

        var reply = (Failed) server.call(
                ask(GenerationRequest.builder().prompt("Go").temperature(1.5).build()));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void gzipIsUnpacked() throws Exception {
        var packed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            sink.write(message("end_turn", "grün 🚀").getBytes(StandardCharsets.UTF_8));
        }
        var server = new AnthropicServer(web)
                .answers(new MockResponse.Builder()
                        .setHeader("content-encoding", "gzip")
                        .body(packed));

        assertThat(server.completed().text()).isEqualTo("grün 🚀");
    }
}
