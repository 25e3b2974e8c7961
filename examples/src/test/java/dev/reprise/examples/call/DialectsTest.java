package dev.reprise.examples.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import dev.reprise.examples.simulator.Simulator;
import dev.reprise.examples.simulator.SimulatorOptions;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each provider over a real socket, in one piece and streamed. */
class DialectsTest {

    private Simulator simulator;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().flawless());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, false, max_tokens",
        "anthropic, true, max_tokens",
        "openai, false, max_completion_tokens",
        "openai, true, max_completion_tokens",
        "openrouter, false, max_tokens",
        "openrouter, true, max_tokens",
        "ollama, false, max_tokens",
        "ollama, true, max_tokens",
        "vllm, false, max_tokens",
        "vllm, true, max_tokens"
    })
    void everyProviderAnswers(String provider, boolean stream, String tokenParameter) throws Json.NotJsonException {
        var baseUrl = provider.equals("anthropic") ? simulator.anthropicBaseUrl() : simulator.openAiBaseUrl();
        var line = Json.write(Map.of(
                "provider",
                provider,
                "baseUrl",
                baseUrl,
                "apiKey",
                "k",
                "model",
                "m",
                "prompt",
                "# A lamp\n- It costs 49 EUR",
                "stream",
                stream,
                "maxOutputTokens",
                500));

        var answer = Json.object(Ran.in(Map.of(), line, "call", "--jsonl").out());

        assertThat(answer.get("state")).isEqualTo("SUCCEEDED");
        assertThat(answer.get("text")).asString().contains("49 EUR");
        assertThat(answer.get("stopReason")).isEqualTo("end");
        assertThat(answer.get("sent"))
                .asString()
                .contains(tokenParameter + "=500")
                .matches(sent -> sent.contains("stream=true") == stream);
    }
}
