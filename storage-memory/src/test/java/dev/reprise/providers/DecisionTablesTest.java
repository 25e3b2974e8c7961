package dev.reprise.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.provider.openai.Dialect;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.testkit.provider.ProviderUnderTest;
import dev.reprise.testkit.provider.Speech;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client makes of each way an answer can end and each way a call can fail, over real sockets. */
class DecisionTablesTest {

    private static final ProviderUnderTest ANTHROPIC = new AnthropicUnderTest();
    private static final ProviderUnderTest OPENAI = new OpenAiUnderTest(Dialect.OPENAI);
    private static final ProviderUnderTest OPENROUTER = new OpenAiUnderTest(Dialect.OPENROUTER);
    private static final Usage USAGE = Usage.of(5, 7);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Generation generate(ProviderUnderTest protocol) {
        var provider = protocol.connect("http://127.0.0.1:" + server.getPort(), "sk-0123456789", true);
        try (var client = GenerationClient.builder()
                .provider(provider)
                .taskStore(InMemoryTaskStore.create())
                .retry(RetrySchedule.delays(Duration.ZERO))
                .build()) {
            var request =
                    GenerationRequest.builder().prompt("Go").model("model-1").build();
            var handle = client.generate(request);
            handle.future().handle((generation, failure) -> generation).join();
            return client.get(handle.id()).orElseThrow();
        }
    }

    private static MockResponse stream(String body) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(body)
                .build();
    }

    private static MockResponse spoken(ProviderUnderTest protocol, String stopWord, String text) {
        return stream(protocol.stream(new Speech(List.of(text), stopWord, USAGE)));
    }

    private static MockResponse error(ProviderUnderTest protocol, int status, String code, String... header) {
        var answer = new MockResponse.Builder().code(status).body(protocol.error(code, "because"));
        for (int i = 0; i < header.length; i += 2) {
            answer.setHeader(header[i], header[i + 1]);
        }
        return answer.build();
    }

    static Stream<Arguments> stopReasons() {
        return Stream.of(
                Arguments.of(ANTHROPIC, "end_turn", StopReason.END, null),
                Arguments.of(ANTHROPIC, "stop_sequence", StopReason.STOP_SEQUENCE, null),
                Arguments.of(ANTHROPIC, "max_tokens", null, FailureKind.TRUNCATED),
                Arguments.of(ANTHROPIC, "model_context_window_exceeded", null, FailureKind.TRUNCATED),
                Arguments.of(ANTHROPIC, "refusal", null, FailureKind.REFUSED),
                Arguments.of(ANTHROPIC, "tool_use", null, FailureKind.INVALID_REQUEST),
                Arguments.of(ANTHROPIC, "eclipse", StopReason.OTHER, null),
                Arguments.of(OPENAI, "stop", StopReason.END, null),
                Arguments.of(OPENAI, "length", null, FailureKind.TRUNCATED),
                Arguments.of(OPENAI, "content_filter", null, FailureKind.REFUSED),
                Arguments.of(OPENAI, "tool_calls", null, FailureKind.INVALID_REQUEST),
                Arguments.of(OPENAI, "eclipse", StopReason.OTHER, null));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("stopReasons")
    void stopReasonDecidesAtTheFirstAttempt(
            ProviderUnderTest protocol, String word, @Nullable StopReason reason, @Nullable FailureKind kind) {
        server.enqueue(spoken(protocol, word, "Hello"));

        var generation = generate(protocol);

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(generation.usage()).isEqualTo(USAGE);
        if (kind == null) {
            assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(generation.result().rawText()).isEqualTo("Hello");
            assertThat(generation.result().stopReason()).isEqualTo(reason);
            assertThat(generation.result().rawStopReason()).isEqualTo(word);
        } else {
            assertThat(generation.state()).isEqualTo(TaskState.FAILED);
            assertThat(generation.failure().kind()).isEqualTo(kind);
            assertThat(generation.attempts().get(0).exchange().text()).isEqualTo("Hello");
        }
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void emptyAnswerIsTriedAgain(ProviderUnderTest protocol) {
        server.enqueue(spoken(protocol, protocol.endWord(), ""));

        assertSecondAttemptSucceeds(protocol, FailureKind.UNPARSEABLE);
    }

    static Stream<ProviderUnderTest> protocols() {
        return Stream.of(ANTHROPIC, OPENAI, OPENROUTER);
    }

    @Test
    void pausedTurnGoesOn() throws InterruptedException {
        server.enqueue(spoken(ANTHROPIC, "pause_turn", "Hello "));
        server.enqueue(spoken(ANTHROPIC, "end_turn", "world"));

        var generation = generate(ANTHROPIC);

        assertThat(generation.result().rawText()).isEqualTo("Hello world");
        assertThat(generation.usage()).isEqualTo(USAGE.plus(USAGE));
        server.takeRequest();
        assertThat(server.takeRequest().getBody().utf8())
                .contains("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hello \"}]}");
    }

    static Stream<Arguments> permanent() {
        var statuses = Stream.of(400, 401, 402, 403, 404, 405, 413, 422)
                .flatMap(status -> protocols()
                        .map(protocol -> Arguments.of(
                                status + " of " + name(protocol), protocol, error(protocol, status, "x"))));
        var codes = Stream.of(
                Arguments.of("spend limit", ANTHROPIC, spendLimit()),
                Arguments.of("no credit", OPENAI, error(OPENAI, 429, "insufficient_quota")),
                Arguments.of("told not to", ANTHROPIC, error(ANTHROPIC, 503, "x", "x-should-retry", "false")),
                Arguments.of(
                        "error event",
                        ANTHROPIC,
                        stream(ANTHROPIC.streamWithError(speech(ANTHROPIC), "invalid_request_error", "m"))),
                Arguments.of("error in a success", OPENAI, error(OPENAI, 200, "401")),
                Arguments.of(
                        "error in a chunk",
                        OPENROUTER,
                        stream(OPENROUTER.streamWithError(speech(OPENROUTER), "402", "m"))));
        return Stream.concat(statuses, codes);
    }

    static Stream<Arguments> retried() {
        var statuses = Stream.of(408, 409, 429, 500, 502, 503, 504, 524, 529)
                .flatMap(status -> protocols()
                        .map(protocol -> Arguments.of(
                                status + " of " + name(protocol), protocol, error(protocol, status, "x"))));
        var others = Stream.of(
                Arguments.of("told to", ANTHROPIC, error(ANTHROPIC, 400, "x", "x-should-retry", "true")),
                Arguments.of("402 with a time", OPENROUTER, error(OPENROUTER, 402, "402", "retry-after", "0")),
                Arguments.of(
                        "error event",
                        ANTHROPIC,
                        stream(ANTHROPIC.streamWithError(speech(ANTHROPIC), "overloaded_error", "m"))),
                Arguments.of("error in a success", OPENAI, error(OPENAI, 200, "502")),
                Arguments.of(
                        "error in a choice",
                        OPENROUTER,
                        stream("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\","
                                + "\"error\":{\"code\":503,\"message\":\"m\"}}]}\n\n")),
                Arguments.of("stream without an end", OPENAI, stream("data: {\"choices\":[]}\n\n")),
                Arguments.of(
                        "no JSON",
                        ANTHROPIC,
                        new MockResponse.Builder().body("<html>").build()));
        return Stream.concat(statuses, others);
    }

    private static String name(ProviderUnderTest protocol) {
        return protocol.connect("http://127.0.0.1:1", "sk-0123456789", true).name();
    }

    private static Speech speech(ProviderUnderTest protocol) {
        return new Speech(List.of("Hel"), protocol.endWord(), USAGE);
    }

    private static MockResponse spendLimit() {
        return new MockResponse.Builder()
                .code(429)
                .body("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
                        + "\"details\":{\"error_code\":\"enforced_spend_limit_reached\"}}}")
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("permanent")
    void permanentFailureEndsAtTheFirstAttempt(String name, ProviderUnderTest protocol, MockResponse answer) {
        server.enqueue(answer);

        var generation = generate(protocol);

        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(generation.failure().retryable()).isFalse();
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("retried")
    void passingFailureIsTriedAgain(String name, ProviderUnderTest protocol, MockResponse answer) {
        server.enqueue(answer);

        assertSecondAttemptSucceeds(protocol, null);
    }

    @Test
    void retryComesNoEarlierThanAsked() {
        server.enqueue(error(OPENAI, 429, "rate_limit_exceeded", "retry-after-ms", "250"));

        var attempts = assertSecondAttemptSucceeds(OPENAI, FailureKind.RATE_LIMITED);

        assertThat(attempts.get(0).delay()).isEqualTo(Duration.ofMillis(250));
        assertThat(Duration.between(attempts.get(0).endedAt(), attempts.get(1).startedAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    private List<Attempt> assertSecondAttemptSucceeds(ProviderUnderTest protocol, @Nullable FailureKind first) {
        server.enqueue(spoken(protocol, protocol.endWord(), "Hello"));

        var generation = generate(protocol);

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(generation.result().rawText()).isEqualTo("Hello");
        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(generation.attempts()).hasSize(2);
        var failure = generation.attempts().get(0).failure();
        assertThat(failure.retryable()).isTrue();
        if (first != null) {
            assertThat(failure.kind()).isEqualTo(first);
        }
        return generation.attempts();
    }
}
