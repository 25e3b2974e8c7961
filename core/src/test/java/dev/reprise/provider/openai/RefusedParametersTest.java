package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.MODEL;
import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which errors refuse a parameter as such, and what is remembered of it. */
class RefusedParametersTest {

    private static final String PROMPT =
            "The temperature is not supported by the sensor; 'temperature' is unsupported.";

    private static final GenerationRequest FULL = GenerationRequest.builder()
            .prompt(PROMPT)
            .maxOutputTokens(77)
            .temperature(0.9)
            .build();

    @StartStop
    final MockWebServer web = new MockWebServer();

    private OpenAiServer vllm() {
        return new OpenAiServer(web, builder -> builder.dialect(Dialect.VLLM));
    }

    private static String error(String message) {
        return "{\"error\":{\"message\":" + Json.write(message) + ",\"type\":\"invalid_request_error\"}}";
    }

    private static ProviderRequest with(String carry) {
        return new ProviderRequest(FULL, MODEL, 0.9, carry);
    }

    @Test
    void asManyAsThereAreAreLeftOutOneAfterTheOther() {
        var server = vllm().answers(400, error("Unsupported parameter: 'max_tokens' is not supported with this model."))
                .answers(400, error("'temperature' is not supported with this model"))
                .answers(400, error("property 'stream_options' is unsupported"))
                .answers(400, error("stream is not supported by this model"))
                .answers(200, completion("stop", "hi"));

        var first = (Again) server.call(with(null));
        var second = (Again) server.call(with(first.carry()));
        var third = (Again) server.call(with(second.carry()));
        var fourth = (Again) server.call(with(third.carry()));
        var reply = (Completed) server.call(with(fourth.carry()));

        assertThat(reply.exchange().sent().parameters()).isEqualTo(Map.of("max_completion_tokens", "77"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"temperature\"],"
                        + "\"msg\":\"Extra inputs are not permitted\",\"input\":0.9},"
                        + "{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],"
                        + "\"msg\":\"Extra inputs are not permitted\"}]}",
                "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\","
                        + "\"temperature\"],\"msg\":\"x\"},{\"type\":\"extra_forbidden\",\"loc\":[\"body\","
                        + "\"stream_options\"],\"msg\":\"x\"}]},\"type\":\"invalid_request_error\"}",
                "{\"error\":{\"message\":\"Unsupported parameters: temperature, stream_options\"}}",
                "{\"error\":{\"message\":\"temperature: Extra inputs are not permitted; stream_options: Extra inputs"
                        + " are not permitted\"}}",
                "[{\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\"temperature\\\":"
                        + " Cannot find field.\\nInvalid JSON payload received. Unknown name \\\"stream_options\\\":"
                        + " Cannot find field.\",\"status\":\"INVALID_ARGUMENT\"}}]"
            })
    void severalOfOneAnswerAreLeftOutAtOnce(String body) {
        var server = vllm().answers(422, body).answers(200, completion("stop", "hi"));

        var again = (Again) server.call(with(null));
        var reply = (Completed) server.call(with(again.carry()));

        assertThat(reply.exchange().sent().parameters()).isEqualTo(Map.of("max_tokens", "77", "stream", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an echo of the body
                "{\"error\":{\"message\":\"Unknown model. Request was: {\\\"model\\\":\\\"x\\\",\\\"temperature\\\":0.9,"
                        + "\\\"stream_options\\\":{\\\"include_usage\\\":true},\\\"max_tokens\\\":77}\"}}",
                "{\"error\":{\"message\":\"bad request\"},\"request\":{\"temperature\":0.9,\"max_tokens\":77}}",
                // a quoted prompt
                "{\"error\":{\"message\":\"Invalid prompt: \\\"The temperature is not supported by the sensor\\\"\"}}",
                "{\"error\":{\"message\":\"Cannot parse: 'temperature' is unsupported.\"}}",
                // a wrong value
                "{\"detail\":[{\"type\":\"less_than_equal\",\"loc\":[\"body\",\"temperature\"],"
                        + "\"msg\":\"Input should be less than or equal to 0.5\",\"input\":0.9}]}",
                "{\"error\":{\"message\":\"temperature 0.9 is not supported: must be between 0 and 0.5\","
                        + "\"param\":\"temperature\",\"code\":\"invalid_value\"}}",
                "{\"error\":{\"message\":\"max_tokens is too large: 77. This model supports at most 50 tokens\","
                        + "\"param\":\"max_tokens\",\"code\":\"invalid_value\"}}",
                // a conflict
                "{\"error\":{\"message\":\"`temperature` and `top_p` cannot both be specified for this model.\"}}",
                "{\"error\":{\"message\":\"'temperature' is not supported when thinking is enabled\","
                        + "\"param\":\"temperature\",\"code\":\"unsupported_value\"}}",
                "{\"error\":{\"message\":\"stream_options is not allowed unless stream is set\"}}"
            })
    void whatOnlyNamesAParameterLeavesNothingOut(String body) {
        var server = vllm().answers(400, body).answers(200, completion("stop", "hi"));

        var failed = (Failed) server.call(with(null));
        var later = server.call(with(null));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(later.exchange().sent().parameters())
                .containsOnlyKeys("temperature", "max_tokens", "stream", "stream_options");
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void refusalCountsForTheCircumstancesItWasMadeIn() {
        var thinking = GenerationRequest.builder()
                .prompt("Go")
                .temperature(0.9)
                .extra("reasoning_effort", "high")
                .build();
        var server = vllm().answers(400, error("'temperature' is not supported with this model"))
                .answers(200, completion("stop", "hi"))
                .answers(200, completion("stop", "hi"))
                .answers(200, completion("stop", "hi"));

        assertThat(server.call(ask(thinking))).isInstanceOf(Again.class);
        var same = server.call(ask(thinking));
        var other = server.call(with(null));
        var model = server.call(new ProviderRequest(thinking, "another", 0.9, null));

        assertThat(same.exchange().sent().parameters()).doesNotContainKey("temperature");
        assertThat(other.exchange().sent().parameters()).containsKey("temperature");
        assertThat(model.exchange().sent().parameters()).containsKey("temperature");
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.UNKNOWN);
    }

    @Test
    void refusalThatComesAsAnEventIsOne() {
        var server = vllm().answers(new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body("data: {\"error\":{\"code\":400,\"message\":\"Unsupported parameter: 'temperature'\"}}\n\n"));

        assertThat(server.call(with(null))).isInstanceOf(Again.class);
    }

    @Test
    void refusalBehindAGatewayIsOne() {
        var raw = Json.write("{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.9 with this"
                + " model.\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}");
        var server = vllm().answers(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"Provider returned error\",\"metadata\":{\"raw\":" + raw
                                + "}}}");

        assertThat(server.call(with(null))).isInstanceOf(Again.class);
    }

    @Test
    void capThatIsRefusedUnderBothNamesIsTheCallers() {
        var server = vllm().answers(400, error("Unsupported parameter: 'max_tokens'"))
                .answers(400, error("Unsupported parameter: 'max_completion_tokens'"));

        var again = (Again) server.call(with(null));

        assertThat(server.call(with(again.carry()))).isInstanceOf(Failed.class);
    }
}
