package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reprise.examples.simulator.Caller.Answer;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

    private static final String OPENAI =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Price: 49 EUR\"}]}";
    private static final String OPENAI_STREAM = OPENAI.replaceFirst("\\{", "{\"stream\":true,");
    private static final String ANTHROPIC = OPENAI.replaceFirst("\\{", "{\"max_tokens\":1000,");
    private static final String ANTHROPIC_STREAM = ANTHROPIC.replaceFirst("\\{", "{\"stream\":true,");

    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().flawless().toBuilder()
                .retryAfter(Duration.ofMillis(1_500))
                .build());
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 429, rate_limit_error, requests, rate_limit_exceeded",
        "OVERLOADED, 529, overloaded_error, server_error, null",
        "SERVER_ERROR, 500, api_error, server_error, null"
    })
    void statusFaultsHaveTheDialectsBody(Fault fault, int status, String anthropic, String openAi, String code)
            throws IOException {
        Answer messages = caller.simulating(fault).anthropic(ANTHROPIC_STREAM);
        Answer chat = caller.simulating(fault).openAi(OPENAI);

        assertThat(messages.code()).isEqualTo(status);
        assertThat(messages.at("type")).isEqualTo("error");
        assertThat(messages.at("error.type")).isEqualTo(anthropic);
        assertThat(messages.at("request_id")).isEqualTo(messages.headers().get("request-id"));
        assertThat(chat.code()).isEqualTo(status);
        assertThat(chat.at("error.type")).isEqualTo(openAi);
        assertThat(chat.at("error.code")).isEqualTo(code);
        assertThat(simulator.counts().faults()).isEqualTo(Map.of(fault, 2L));
    }

    @Test
    void rateLimitSaysWhenToComeBackInWholeSeconds() throws IOException {
        assertThat(caller.simulating(Fault.RATE_LIMITED)
                        .anthropic(ANTHROPIC)
                        .headers()
                        .get("retry-after"))
                .isEqualTo("2");
        assertThat(caller.simulating(Fault.OVERLOADED)
                        .anthropic(ANTHROPIC)
                        .headers()
                        .get("retry-after"))
                .isNull();
    }

    @Test
    void resetEndsTheConnectionBeforeAnyAnswer() throws IOException {
        assertThat(caller.anthropic(ANTHROPIC).code()).isEqualTo(200);
        assertThatThrownBy(() -> caller.simulating(Fault.RESET).anthropic(ANTHROPIC))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(caller.anthropic(ANTHROPIC).code()).isEqualTo(200);
    }

    @Test
    void shortBodyBreaksItsContentLength() throws IOException {
        try (Response response = Caller.CLIENT
                .newCall(caller.simulating(Fault.SHORT_BODY).anthropicRequest(ANTHROPIC))
                .execute()) {
            Buffer read = new Buffer();

            assertThat(response.code()).isEqualTo(200);
            assertThatThrownBy(() -> readTo(read, response)).isInstanceOf(ProtocolException.class);
            assertThat(read.size()).isEqualTo(response.body().contentLength() / 2);
            assertThat(read.readUtf8()).startsWith("{\"id\":\"msg_");
        }
    }

    @Test
    void cutStreamBreaksInTheMiddle() throws IOException {
        try (Response response = Caller.CLIENT
                .newCall(caller.simulating(Fault.STREAM_CUT).anthropicRequest(ANTHROPIC_STREAM))
                .execute()) {
            Buffer read = new Buffer();

            assertThat(response.code()).isEqualTo(200);
            assertThatThrownBy(() -> readTo(read, response)).isInstanceOf(IOException.class);
            assertThat(read.readUtf8()).contains("content_block_delta").doesNotContain("message_stop");
        }
    }

    @Test
    void unfinishedStreamEndsAsIfItWereWhole() throws IOException {
        assertThat(caller.simulating(Fault.STREAM_UNFINISHED)
                        .anthropic(ANTHROPIC_STREAM)
                        .body())
                .contains("content_block_delta")
                .doesNotContain("message_stop");
        assertThat(caller.simulating(Fault.STREAM_UNFINISHED)
                        .openAi(OPENAI_STREAM)
                        .body())
                .contains("delta")
                .doesNotContain("[DONE]");
    }

    @Test
    void streamErrorIsTheLastEvent() throws IOException {
        List<SseEvent> messages = caller.simulating(Fault.STREAM_ERROR)
                .anthropic(ANTHROPIC_STREAM)
                .events();
        List<SseEvent> chat =
                caller.simulating(Fault.STREAM_ERROR).openAi(OPENAI_STREAM).events();
        SseEvent last = chat.get(chat.size() - 1);

        assertThat(messages.get(messages.size() - 1).wire())
                .isEqualTo("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                        + "\"message\":\"Overloaded\"}}\n\n");
        assertThat(messages).extracting(SseEvent::name).contains("content_block_delta");
        assertThat(Answer.at(last.data(), "error.code")).isEqualTo("502");
        assertThat(Answer.at(last.data(), "choices.0.finish_reason")).isEqualTo("error");
    }

    @ParameterizedTest
    @CsvSource({"SHORT_BODY, true, a stream", "STREAM_CUT, false, an answer in one piece"})
    void faultThatCannotHappenIsRejected(Fault fault, boolean streamed, String to) throws IOException {
        Answer answer = caller.simulating(fault).anthropic(streamed ? ANTHROPIC_STREAM : ANTHROPIC);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.at("error.message"))
                .isEqualTo("x-simulate: " + fault.headerValue() + " cannot happen to " + to);
        assertThat(caller.with("x-simulate", "rain").anthropic(ANTHROPIC).at("error.message"))
                .startsWith("x-simulate: must be none or one of [rate-limited, ");
    }

    @Test
    void rateIsNearWhatWasSet() throws IOException {
        SimulatorOptions options = SimulatorOptions.defaults().flawless().toBuilder()
                .faultRate(0.2)
                .build();
        try (Simulator faulty = Simulator.start(options)) {
            Caller many = new Caller(faulty);
            for (int i = 0; i < 1_000; i++) {
                send(many, false);
                send(many, true);
            }
            RequestCounts counts = faulty.counts();

            assertThat(counts.total()).isEqualTo(2_000);
            assertThat(counts.faulted() / 2_000.0).isCloseTo(0.2, within(0.03));
            assertThat(counts.answered()).isEqualTo(2_000 - counts.faulted());
            assertThat(counts.faults()).containsOnlyKeys(Fault.values());
        }
    }

    @Test
    void noneKeepsFaultsAway() throws IOException {
        SimulatorOptions options =
                SimulatorOptions.defaults().flawless().toBuilder().faultRate(1).build();
        try (Simulator faulty = Simulator.start(options)) {
            Caller spared = new Caller(faulty).with(Fault.HEADER, Fault.NONE);

            assertThat(spared.anthropic(ANTHROPIC).code()).isEqualTo(200);
            send(new Caller(faulty), false);
            assertThat(faulty.counts().faulted()).isEqualTo(1);
        }
    }

    @Test
    void aStreamGivenUpIsCountedAsAbandoned() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().flawless().toBuilder()
                .chunkDelay(Duration.ofMillis(20))
                .build();
        try (Simulator slow = Simulator.start(options)) {
            try (Response response = Caller.CLIENT
                    .newCall(new Caller(slow).anthropicRequest(ANTHROPIC_STREAM))
                    .execute()) {
                assertThat(response.body().source().readUtf8Line()).isEqualTo("event: message_start");
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (slow.counts().abandoned() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(slow.counts().abandoned()).isEqualTo(1);
            assertThat(slow.counts().answered()).isZero();
        }
    }

    /** Reads what there is, as it comes, so that what came before a failure is kept. */
    private static void readTo(Buffer sink, Response response) throws IOException {
        while (response.body().source().read(sink, 8_192) >= 0) {
            // goes on until the end or a failure
        }
    }

    private static void send(Caller caller, boolean streamed) {
        try {
            caller.anthropic(streamed ? ANTHROPIC_STREAM : ANTHROPIC);
        } catch (IOException expected) {
            // a fault of the kind that breaks connections; the simulator counts it
        }
    }
}
