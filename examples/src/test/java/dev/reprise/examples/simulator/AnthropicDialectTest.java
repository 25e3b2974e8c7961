package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.simulator.Caller.Answer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicDialectTest {

    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Price: 49 EUR\"}]";
    private static final String PLAIN = "{\"model\":\"m-1\",\"max_tokens\":1000," + MESSAGES + "}";
    private static final String STREAM = "{\"model\":\"m-1\",\"max_tokens\":1000,\"stream\":true," + MESSAGES + "}";

    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().flawless());
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-06-01", "2026-10-21"})
    void answersInOnePiece(String version) throws IOException {
        Answer answer = caller.with("anthropic-version", version).anthropic(PLAIN);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers().get("request-id")).startsWith("req_");
        assertThat(answer.headers().get("content-type")).isEqualTo("application/json");
        assertThat(answer.at("id")).startsWith("msg_");
        assertThat(answer.at("type")).isEqualTo("message");
        assertThat(answer.at("role")).isEqualTo("assistant");
        assertThat(answer.at("model")).isEqualTo("m-1");
        assertThat(answer.at("content.0.type")).isEqualTo("text");
        assertThat(answer.at("content.0.text")).contains("49 EUR");
        assertThat(answer.at("stop_reason")).isEqualTo("end_turn");
        assertThat(answer.at("stop_sequence")).isEqualTo("null");
        assertThat(answer.at("usage.input_tokens")).isEqualTo("7");
        assertThat(answer.at("usage.output_tokens"))
                .isEqualTo(Integer.toString(Tokens.of(answer.at("content.0.text"))));
    }

    @Test
    void streamsNamedEventsInOrder() throws IOException {
        Answer answer = caller.anthropic(STREAM);
        List<SseEvent> events = answer.events();

        assertThat(answer.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(events)
                .allSatisfy(event -> assertThat(Answer.at(event.data(), "type")).isEqualTo(event.name()));
        assertThat(events.stream().map(SseEvent::name).distinct())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(Answer.at(events.get(0).data(), "message.content")).isEqualTo("[]");
        assertThat(Answer.at(events.get(0).data(), "message.usage.input_tokens"))
                .isEqualTo("7");
    }

    @Test
    void streamAddsUpToTheText() throws IOException {
        List<SseEvent> events = caller.anthropic(STREAM).events();
        String text = events.stream()
                .filter(event -> "content_block_delta".equals(event.name()))
                .map(event -> Answer.at(event.data(), "delta.text"))
                .collect(Collectors.joining());
        String last = events.get(events.size() - 2).data();

        assertThat(text).contains("49 EUR").contains("\n\n");
        assertThat(Answer.at(last, "delta.stop_reason")).isEqualTo("end_turn");
        assertThat(Answer.at(last, "usage.output_tokens")).isEqualTo(Integer.toString(Tokens.of(text)));
    }

    @Test
    void endsAtMaxTokens() throws IOException {
        Answer answer = caller.anthropic(PLAIN.replace("1000", "5"));

        assertThat(answer.at("stop_reason")).isEqualTo("max_tokens");
        assertThat(answer.at("content.0.text")).hasSize(20);
        assertThat(answer.at("usage.output_tokens")).isEqualTo("5");
    }

    @Test
    void zeroTokensIsAnAnswerWithoutContent() throws IOException {
        Answer answer = caller.anthropic(PLAIN.replace("1000", "0"));

        assertThat(answer.at("content")).isEqualTo("[]");
        assertThat(answer.at("stop_reason")).isEqualTo("max_tokens");
    }

    @Test
    void endsBeforeAStopSequence() throws IOException {
        Answer answer = caller.anthropic(PLAIN.replaceFirst("\\{", "{\"stop_sequences\":[\"49\"],"));

        assertThat(answer.at("stop_reason")).isEqualTo("stop_sequence");
        assertThat(answer.at("stop_sequence")).isEqualTo("49");
        assertThat(answer.at("content.0.text")).isNotEmpty().doesNotContain("49");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\",%s} | max_tokens: Field required",
                "{\"max_tokens\":9,%s} | model: Field required",
                "{\"model\":\"m\",\"max_tokens\":9} | messages: Field required",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[]} | messages: at least one message is required",
                "{\"model\":\"m\",\"max_tokens\":9.5,%s} | max_tokens: Input should be a valid integer",
                "{\"model\":\"m\",\"max_tokens\":9,\"n\":1,%s} | n: Extra inputs are not permitted",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}"
                        + " | messages.0.role: Input should be 'user', 'assistant' or 'system'",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}"
                        + " | messages.0.content: text content must be non-empty",
                "{\"model\":\"m\",\"max_tokens\":9,\"temperature\":1,%s}"
                        + " | temperature: is not supported on API version 2026-10-21",
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":"
                        + "[{\"type\":\"document\"}]}]}"
                        + " | messages.0.type: document blocks in assistant messages are not supported on 2026-10-21",
            })
    void rejectsWhatTheApiRejects(String body, String message) throws IOException {
        Answer answer = caller.anthropic(body.replace("%s", MESSAGES));

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.at("type")).isEqualTo("error");
        assertThat(answer.at("error.type")).isEqualTo("invalid_request_error");
        assertThat(answer.at("error.message"))
                .isEqualTo(message.replace("messages.0.type", "messages.0.content.0.type"));
        assertThat(answer.at("request_id")).isEqualTo(answer.headers().get("request-id"));
    }

    @Test
    void olderVersionTakesTemperature() throws IOException {
        String warm = PLAIN.replaceFirst("\\{", "{\"temperature\":0.9,");

        assertThat(caller.with("anthropic-version", "2023-06-01")
                        .anthropic(warm)
                        .code())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"'', anthropic-version: header is required", "2024-01-01, '\"2024-01-01\" is not a valid version'"})
    void rejectsAnUnknownVersion(String version, String message) throws IOException {
        Answer answer = caller.with("anthropic-version", version).anthropic(PLAIN);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.at("error.message")).endsWith(message);
    }

    @Test
    void wantsAKeyOrABearer() throws IOException {
        Caller anonymous = caller.with("x-api-key", "").with("authorization", "");

        assertThat(anonymous.anthropic(PLAIN).code()).isEqualTo(401);
        assertThat(anonymous.anthropic(PLAIN).at("error.type")).isEqualTo("authentication_error");
        assertThat(caller.with("x-api-key", "").anthropic(PLAIN).code()).isEqualTo(200);
        assertThat(caller.with("authorization", "").anthropic(PLAIN).code()).isEqualTo(200);
        assertThat(simulator.counts().rejected()).isEqualTo(2);
    }
}
