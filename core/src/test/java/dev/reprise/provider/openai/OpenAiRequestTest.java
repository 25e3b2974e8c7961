package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.KEY;
import static dev.reprise.provider.openai.OpenAiServer.MODEL;
import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.completion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** What goes over the wire in each dialect. */
class OpenAiRequestTest {

    private static final GenerationRequest FULL = GenerationRequest.builder()
            .prompt("Go")
            .system("Be brief")
            .maxOutputTokens(77)
            .temperature(0.9)
            .stopSequences("END")
            .build();

    @StartStop
    final MockWebServer web = new MockWebServer();

    @Test
    void sendsNothingOptionalThatWasNotAskedFor() throws InterruptedException {
        var reply =
                OpenAiServer.plain(web).answers(200, completion("stop", "hi")).completed();

        var request = web.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"model\":\"test-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}");
        assertThat(reply.exchange().sent().parameters()).isEmpty();
    }

    @Test
    void openAiTakesMaxCompletionTokensAndIsAskedForUsage() {
        var server = new OpenAiServer(web, b -> b).answers(200, completion("stop", "hi"));

        server.call(ask(FULL));

        assertThat(Json.write(server.sentBody().members()))
                .isEqualTo("{\"model\":\"test-model\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},"
                        + "{\"role\":\"user\",\"content\":\"Go\"}],\"max_completion_tokens\":77,"
                        + "\"temperature\":0.9,\"stop\":[\"END\"],\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void openRouterIsToldWhoAsksAndNotAskedForUsage() throws InterruptedException {
        var server = new OpenAiServer(
                        web, b -> b.dialect(Dialect.OPENROUTER).attribution("https://app.example", "My App"))
                .answers(200, completion("stop", "hi"));

        server.call(ask(FULL));

        var request = web.takeRequest();
        assertThat(request.getHeaders().get("HTTP-Referer")).isEqualTo("https://app.example");
        assertThat(request.getHeaders().get("X-OpenRouter-Title")).isEqualTo("My App");
        assertThat(request.getBody().utf8())
                .contains("\"max_tokens\":77")
                .contains("\"stream\":true")
                .doesNotContain("stream_options");
        assertThat(server.provider().name()).isEqualTo("openrouter");
    }

    @Test
    void attributionNeedsADialectThatTakesIt() {
        assertThatThrownBy(() -> OpenAiProvider.builder()
                        .attribution("https://app.example", "My App")
                        .build())
                .hasMessage("attribution needs a dialect that takes it: openai");
    }

    @Test
    void imagesGoAsDataUrlsOrUrls() {
        var server = OpenAiServer.plain(web).answers(200, completion("stop", "hi"));
        var request = GenerationRequest.builder()
                .prompt("Describe")
                .image(ReferenceImage.inline("image/png", new byte[] {1, 2, 3}))
                .image(ReferenceImage.url("https://example.org/a.png"))
                .build();

        server.call(ask(request));

        assertThat(Json.write(server.sentBody().objects("messages").get(0).get("content")))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"Describe\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AQID\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]");
    }

    @Test
    void ollamaTakesImagesAsBytesOnly() {
        var server = new OpenAiServer(web, b -> b.dialect(Dialect.OLLAMA));

        var reply = (Failed) server.call(ask(GenerationRequest.builder()
                .prompt("Describe")
                .image(ReferenceImage.url("https://example.org/a.png"))
                .build()));

        assertThat(reply.failure().message()).isEqualTo("model test-model takes images as bytes only, not as URLs");
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void refusedTokenParameterIsSentUnderItsOtherName() {
        var server = new OpenAiServer(web, b -> b.dialect(Dialect.VLLM).streaming(false))
                .answers(
                        400,
                        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this"
                                + " model. Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}")
                .answers(200, completion("stop", "hi"))
                .answers(200, completion("stop", "hi"));

        var again = (Again) server.call(ask(FULL));
        var elsewhere = new OpenAiServer(web, b -> b.dialect(Dialect.VLLM).streaming(false));
        var reply = elsewhere.call(new ProviderRequest(FULL, MODEL, 0.9, again.carry()));
        var later = server.call(ask(FULL));

        assertThat(again.exchange().sent().parameters()).containsEntry("max_tokens", "77");
        for (var sent : new Map<?, ?>[] {
            reply.exchange().sent().parameters(), later.exchange().sent().parameters()
        }) {
            assertThat(sent.get("max_completion_tokens")).isEqualTo("77");
            assertThat(sent.get("max_tokens")).isNull();
        }
        assertThat(server.provider().profile(MODEL).tokenParameter()).isEqualTo("max_completion_tokens");
    }

    @Test
    void tooManyTokensIsTheCallersFault() {
        var server = OpenAiServer.plain(web)
                .answers(
                        400,
                        "{\"error\":{\"message\":\"max_completion_tokens is too large: 99999.\","
                                + "\"type\":\"invalid_request_error\",\"param\":\"max_completion_tokens\","
                                + "\"code\":\"invalid_value\"}}");

        assertThat(server.call(ask(FULL))).isInstanceOf(Failed.class);
    }

    @Test
    void refusedTemperatureIsLeftOutAndRemembered() {
        var server = OpenAiServer.plain(web)
                .answers(
                        400,
                        "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.9 with this"
                                + " model. Only the default (1) value is supported.\",\"param\":\"temperature\","
                                + "\"type\":\"invalid_request_error\",\"code\":\"unsupported_value\"}}")
                .answers(200, completion("stop", "hi"));

        var again = (Again) server.call(ask(FULL));
        var reply = server.call(new ProviderRequest(FULL, MODEL, 0.9, again.carry()));

        assertThat(again.cause()).isEqualTo(Again.Cause.PARAMETER_REJECTED);
        assertThat(reply.exchange().sent().parameters()).doesNotContainKey("temperature");
        assertThat(server.provider().profile(MODEL).temperature()).isEqualTo(Support.NO);
    }

    @Test
    void usageOptionIsLeftOutWhereItIsRefused() {
        var server = new OpenAiServer(web, b -> b)
                .answers(422, "{\"detail\":[{\"loc\":[\"body\",\"stream_options\"],\"msg\":\"extra fields\"}]}")
                .answers(200, completion("stop", "hi"));

        var again = (Again) server.call(ask("Go"));
        var reply = server.call(new ProviderRequest(GenerationRequest.of("Go"), MODEL, null, again.carry()));

        assertThat(again.exchange().sent().parameters()).containsKey("stream_options");
        assertThat(reply.exchange().sent().parameters()).isEqualTo(Map.of("stream", "true"));
    }

    @Test
    void profilesOfTheAppGoBeforeTheFamilies() {
        var provider = OpenAiProvider.builder()
                .model("o3-mini")
                .profile(ModelProfile.builder("gpt-4o-mine")
                        .outputCap(5)
                        .tokenParameter("limit")
                        .build())
                .build();

        assertThat(provider.profile("gpt-4o-2024").outputCap()).isEqualTo(16_384);
        assertThat(provider.profile("gpt-4o-mine-1").outputCap()).isEqualTo(5);
        assertThat(provider.profile("gpt-4o-mine-1").tokenParameter()).isEqualTo("limit");
        assertThat(provider.profile("nobody-knows").temperature()).isEqualTo(Support.UNKNOWN);
        assertThat(provider.models()).extracting(ModelProfile::model).containsExactly("gpt-4o-mine", "o3-mini");
        assertThat(provider.models().get(1).temperature()).isEqualTo(Support.NO);
        assertThat(provider.models().get(0).temperatureRange()).isEqualTo(new ModelProfile.Range(0, 2));
        assertThat(OpenAiProvider.builder()
                        .dialect(Dialect.VLLM)
                        .build()
                        .profile("gpt-4o-2024")
                        .outputCap())
                .isNull();
    }
}
