package dev.reprise.examples.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider said is what {@code call} tells. */
class WhatProvidersSayTest {

    private final MockWebServer web = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        web.start();
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private Map<?, ?> called(String provider, boolean stream, String more) throws Json.NotJsonException {
        var path = provider.equals("anthropic") ? "/" : "/v1";
        var line =
                "{\"provider\":\"" + provider + "\",\"baseUrl\":\"" + web.url(path) + "\",\"apiKey\":\"k-0123456789\","
                        + "\"model\":\"m\",\"prompt\":\"Hi\",\"retryDelays\":[],\"stream\":" + stream + more + "}";
        return Json.object(Ran.in(Map.of(), line, "call", "--jsonl").out());
    }

    private void answers(int status, String type, String body) {
        web.enqueue(new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", type)
                .body(body)
                .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "anthropic; 400; {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit"
                        + " balance is too low to access the API.\"}}; quota; operator",
                "anthropic; 400; {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"You have"
                        + " reached your specified API usage limits.\"}}; quota; operator",
                "openai; 400; [{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\","
                        + "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]; auth; operator",
                "openrouter; 403; {\"error\":{\"code\":403,\"message\":\"m\",\"metadata\":{\"reasons\":[\"violence\"]}}};"
                        + " refused; content",
                "openrouter; 403; {\"error\":{\"code\":403,\"message\":\"m\",\"metadata\":{\"limit_source\":"
                        + "\"openrouter_key_limit\",\"resets_at\":\"2026-12-01\"}}}; quota; operator",
                "openai; 407; who are you; auth; operator",
                "openai; 200; {\"code\":429,\"message\":\"slower\"}; rate_limited; provider"
            })
    void blameIsToldByWhatIsSaidAndNotByTheStatus(String provider, int status, String body, String kind, String blame)
            throws Json.NotJsonException {
        answers(status, "application/json", body);

        var failure = called(provider, false, "").get("failure");

        assertThat(failure)
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("kind", kind)
                .containsEntry("blame", blame)
                .containsEntry("retryable", kind.equals("rate_limited"));
    }

    @Test
    void interruptionKeepsItsText() throws Json.NotJsonException {
        answers(200, "text/event-stream", """
                        data: {"choices":[{"index":0,"delta":{"content":"half"},"finish_reason":"abort"}]}

                        data: [DONE]

                        """);

        var called = called("vllm", true, "");

        assertThat(called.get("state")).isEqualTo("FAILED");
        assertThat(called.get("text")).isEqualTo("half");
    }

    @Test
    void parametersAreLeftOutOneAfterTheOther() throws Json.NotJsonException {
        for (var parameter : new String[] {"max_tokens", "temperature"}) {
            answers(
                    400,
                    "application/json",
                    "{\"error\":{\"message\":\"Unsupported parameter: '" + parameter + "' is not supported with this"
                            + " model.\",\"param\":\"" + parameter + "\",\"code\":\"unsupported_parameter\"}}");
        }
        answers(
                200,
                "application/json",
                "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}");

        var called = called("vllm", false, ",\"temperature\":0.5,\"maxOutputTokens\":9");

        assertThat(called.get("state")).isEqualTo("SUCCEEDED");
        assertThat(called.get("sent")).asString().isEqualTo("{max_completion_tokens=9}");
    }
}
