package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.ask;
import static dev.reprise.provider.anthropic.AnthropicServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.wire.TestControl;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anthropic's streams. */
class AnthropicStreamTest {

    private static final String START = event(
            "message_start",
            "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"m\",\"content\":[],"
                    + "\"usage\":{\"input_tokens\":12,\"output_tokens\":1,\"cache_read_input_tokens\":3}}");
    private static final String BLOCK =
            event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
    private static final String HELLO = delta("Hello ");
    private static final String WORLD = delta("wörld 🚀");
    private static final String END = event("content_block_stop", "\"index\":0")
            + event(
                    "message_delta",
                    "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                            + "\"usage\":{\"input_tokens\":null,\"output_tokens\":34}");
    private static final String STOP = event("message_stop", "\"x\":1");

    @StartStop
    final MockWebServer web = new MockWebServer();

    private final TestControl control = new TestControl();
    private AnthropicServer server;

    @BeforeEach
    void streamingServer() {
        server = new AnthropicServer(web, builder -> builder);
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static String delta(String text) {
        return event(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static MockResponse.Builder stream(String body) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream; charset=utf-8")
                .setHeader("request-id", "req_1")
                .chunkedBody(body, 7);
    }

    @Test
    void textArrivesInPiecesAndAsAWhole() {
        server.answers(stream(START + BLOCK + event("ping", "\"n\":1") + HELLO + WORLD + END + STOP));

        var reply = (Completed) server.call(ask("Go"), control);

        assertThat(reply.text()).isEqualTo("Hello wörld 🚀");
        assertThat(reply.stopReason()).isEqualTo(StopReason.END);
        assertThat(reply.rawStopReason()).isEqualTo("end_turn");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 34, 3, 0));
        assertThat(reply.exchange().requestId()).isEqualTo("req_1");
        assertThat(control.deltas()).containsExactly("Hello ", "wörld 🚀");
        assertThat(reply.exchange().sent().parameters()).containsEntry("stream", "true");
        assertThat(server.sentBody().bool("stream")).isTrue();
    }

    @Test
    void unknownEventsDeltasAndBlocksArePassedOver() {
        server.answers(stream(START
                + BLOCK
                + event("content_block_start", "\"index\":1,\"content_block\":{\"type\":\"hologram\"}")
                + event("content_block_delta", "\"index\":1,\"delta\":{\"type\":\"hologram_delta\",\"text\":\"no\"}")
                + "event: weather\ndata: sunny\n\n"
                + event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"mystery\",\"text\":\"no\"}")
                + "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\"no name\"}}\n\n"
                + END
                + STOP));

        assertThat(server.completed().text()).isEqualTo("no name");
    }

    @Test
    void errorInMidStreamGoesByItsTypeAndKeepsTextAndUsage() {
        server.answers(stream(START
                + BLOCK
                + HELLO
                + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                + "\"message\":\"Overloaded\"}}\n\n"));

        var reply = server.failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(reply.failure().message()).isEqualTo("HTTP 200 overloaded_error: Overloaded");
        assertThat(reply.failure().requestId()).isEqualTo("req_1");
        assertThat(reply.text()).isEqualTo("Hello ");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 1, 3, 0));
    }

    @Test
    void streamThatEndsBeforeItsEndIsARetryableNetworkFailure() {
        server.answers(stream(START + BLOCK + HELLO + END));

        var reply = server.failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(reply.failure().retryable()).isTrue();
        assertThat(reply.failure().message()).isEqualTo("the stream ended before its end");
        assertThat(reply.text()).isEqualTo("Hello ");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 34, 3, 0));
    }

    @Test
    void brokenConnectionAfterTheEndChangesNothing() {
        var body = START + BLOCK + HELLO + END + STOP.stripTrailing();
        server.answers(new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(body)
                .setHeader("content-length", body.length() + 100)
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE));

        assertThat(server.completed().text()).isEqualTo("Hello ");
    }

    @Test
    void eventThatIsNotJsonIsNoSuccess() {
        server.answers(stream(START + BLOCK + HELLO + "event: content_block_delta\ndata: {\"ty\n\n" + END + STOP));

        var reply = server.failed();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(reply.text()).isEqualTo("Hello ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream"})
    void contentTypeDoesNotMatter(String type) {
        server.answers(stream(START + BLOCK + HELLO + END + STOP).setHeader("content-type", type));

        assertThat(server.completed().text()).isEqualTo("Hello ");
    }

    @Test
    void wholeMessageIsTakenWhereAStreamWasAskedFor() {
        server.answers(200, message("end_turn", "all at once"));

        assertThat(((Completed) server.call(ask("Go"), control)).text()).isEqualTo("all at once");
        assertThat(control.deltas()).containsExactly("all at once");
    }

    @Test
    void jsonErrorUnderAStreamsContentTypeIsRead() {
        server.answers(stream("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}"));

        assertThat(server.failed().failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @Test
    void silenceBetweenTwoEventsEndsTheCall() {
        server.answers(new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(START + BLOCK + HELLO)
                .setHeader("content-length", 10_000)
                .onResponseEnd(SocketEffect.Stall.INSTANCE));

        var reply = (Failed) server.call(ask("Go"), new TestControl(Duration.ofSeconds(10), Duration.ofMillis(150)));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(reply.failure().message()).isEqualTo("the stream was silent for PT0.15S");
        assertThat(reply.text()).isEqualTo("Hello ");
        assertThat(reply.exchange().usage()).isEqualTo(new Usage(12, 1, 3, 0));
    }

    @Test
    void commentsKeepAStreamAliveButNotPastItsTimeLimit() {
        server.answers(new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(START + BLOCK + HELLO + ": still here\n".repeat(1_000))
                .throttleBody(400, 50, TimeUnit.MILLISECONDS));

        var reply = (Failed) server.call(ask("Go"), new TestControl(Duration.ofMillis(600), Duration.ofMillis(300)));

        assertThat(reply.failure().message()).isEqualTo("no whole answer within PT0.6S");
        assertThat(reply.text()).isEqualTo("Hello ");
    }

    @Test
    void pausedStreamKeepsItsBlocks() {
        server.answers(stream(START
                + BLOCK
                + HELLO
                + event(
                        "content_block_start",
                        "\"index\":1,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"t\",\"input\":{}}")
                + event(
                        "content_block_delta",
                        "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"q\\\":\"}")
                + event(
                        "content_block_delta",
                        "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"1.50}\"}")
                + event("message_delta", "\"delta\":{\"stop_reason\":\"pause_turn\"},\"usage\":{\"output_tokens\":4}")
                + STOP));

        var reply = (Again) server.call();

        assertThat(reply.cause()).isEqualTo(Again.Cause.PAUSED);
        assertThat(reply.carry())
                .contains("[{\"type\":\"text\",\"text\":\"Hello \"},"
                        + "{\"type\":\"server_tool_use\",\"id\":\"t\",\"input\":{\"q\":1.50}}]");
    }
}
