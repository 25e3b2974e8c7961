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

class OpenAiDialectTest {

    private static final String PLAIN =
            "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Price: 49 EUR\"}]}";
    private static final String STREAM = PLAIN.replaceFirst("\\{", "{\"stream\":true,");

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

    @Test
    void answersInOnePiece() throws IOException {
        Answer answer = caller.openAi(PLAIN);
        String text = answer.at("choices.0.message.content");

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers().get("x-request-id")).startsWith("req_");
        assertThat(answer.at("id")).startsWith("chatcmpl-");
        assertThat(answer.at("object")).isEqualTo("chat.completion");
        assertThat(answer.at("model")).isEqualTo("m-1");
        assertThat(answer.at("choices.0.index")).isEqualTo("0");
        assertThat(answer.at("choices.0.message.role")).isEqualTo("assistant");
        assertThat(answer.at("choices.0.finish_reason")).isEqualTo("stop");
        assertThat(text).contains("49 EUR");
        assertThat(answer.at("usage.prompt_tokens")).isEqualTo("7");
        assertThat(answer.at("usage.completion_tokens")).isEqualTo(Integer.toString(Tokens.of(text)));
        assertThat(answer.at("usage.total_tokens")).isEqualTo(Integer.toString(7 + Tokens.of(text)));
    }

    @Test
    void streamsChunksAndDone() throws IOException {
        List<SseEvent> events = caller.openAi(STREAM).events();
        List<String> chunks = events.subList(0, events.size() - 1).stream()
                .map(SseEvent::data)
                .toList();
        String text = chunks.subList(1, chunks.size() - 1).stream()
                .map(chunk -> Answer.at(chunk, "choices.0.delta.content"))
                .collect(Collectors.joining());

        assertThat(events).allSatisfy(event -> assertThat(event.name()).isNull());
        assertThat(events.get(events.size() - 1).data()).isEqualTo("[DONE]");
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(Answer.at(chunk, "object")).isEqualTo("chat.completion.chunk");
            assertThat(chunk).doesNotContain("usage");
        });
        assertThat(Answer.at(chunks.get(0), "choices.0.delta.role")).isEqualTo("assistant");
        assertThat(Answer.at(chunks.get(1), "choices.0.finish_reason")).isEqualTo("null");
        assertThat(Answer.at(chunks.get(chunks.size() - 1), "choices.0.finish_reason"))
                .isEqualTo("stop");
        assertThat(text).contains("49 EUR");
    }

    @Test
    void tellsUsageInALastChunkWhenAsked() throws IOException {
        List<SseEvent> events = caller.openAi(
                        STREAM.replaceFirst("\\{", "{\"stream_options\":{\"include_usage\":true},"))
                .events();
        String last = events.get(events.size() - 2).data();

        assertThat(Answer.at(last, "choices")).isEqualTo("[]");
        assertThat(Answer.at(last, "usage.prompt_tokens")).isEqualTo("7");
        assertThat(events.subList(0, events.size() - 2))
                .allSatisfy(event -> assertThat(event.data()).contains("\"usage\":null"));
    }

    @ParameterizedTest
    @CsvSource({"max_tokens", "max_completion_tokens"})
    void endsAtMaxTokens(String field) throws IOException {
        Answer answer = caller.openAi(PLAIN.replaceFirst("\\{", "{\"" + field + "\":4,"));

        assertThat(answer.at("choices.0.finish_reason")).isEqualTo("length");
        assertThat(answer.at("choices.0.message.content")).hasSize(16);
        assertThat(answer.at("usage.completion_tokens")).isEqualTo("4");
    }

    @Test
    void endsBeforeAStopText() throws IOException {
        Answer answer = caller.openAi(PLAIN.replaceFirst("\\{", "{\"stop\":\"49\","));

        assertThat(answer.at("choices.0.finish_reason")).isEqualTo("stop");
        assertThat(answer.at("choices.0.message.content")).doesNotContain("49");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | model",
                "{\"model\":\"m\"} | messages",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]} | messages.0.role",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} | messages.0.content",
                "{\"model\":\"m\",\"temperature\":3,\"messages\":[]} | temperature",
            })
    void rejectsAndNamesTheField(String body, String param) throws IOException {
        Answer answer = caller.openAi(body);

        assertThat(answer.code()).isEqualTo(400);
        assertThat(answer.at("error.type")).isEqualTo("invalid_request_error");
        assertThat(answer.at("error.param")).isEqualTo(param);
        assertThat(answer.at("error.code")).isEqualTo("null");
    }

    @Test
    void wantsABearer() throws IOException {
        Answer answer = caller.with("authorization", "").openAi(PLAIN);

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.at("error.code")).isEqualTo("invalid_api_key");
    }

    @Test
    void rejectsWhatIsNotJson() throws IOException {
        assertThat(caller.openAi("{\"model\":").at("error.message")).startsWith("The request body is not valid JSON");
        assertThat(caller.openAi("[]").at("error.message")).isEqualTo("The request body must be a JSON object");
    }
}
