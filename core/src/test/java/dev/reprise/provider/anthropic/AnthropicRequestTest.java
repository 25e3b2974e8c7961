package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.KEY;
import static dev.reprise.provider.anthropic.AnthropicServer.ask;
import static dev.reprise.provider.anthropic.AnthropicServer.json;
import static dev.reprise.provider.anthropic.AnthropicServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.json.Json;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.wire.TestControl;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** What goes over the wire to Anthropic. */
class AnthropicRequestTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    @Test
    void sendsNothingOptionalThatWasNotAskedFor() throws InterruptedException {
        var server = new AnthropicServer(web).answers(200, message("end_turn", "hi"));

        var reply = server.completed();

        var request = web.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
        assertThat(request.getHeaders().get("x-api-key")).isEqualTo(KEY);
        assertThat(request.getHeaders().get("authorization")).isNull();
        assertThat(request.getHeaders().get("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"model\":\"test-model\",\"max_tokens\":8192,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}");
        assertThat(reply.exchange().sent().model()).isEqualTo("test-model");
        assertThat(reply.exchange().sent().parameters()).isEqualTo(Map.of("max_tokens", "8192"));
    }

    @Test
    void sendsWhatWasAskedFor() {
        var server = new AnthropicServer(web).answers(200, message("end_turn", "hi"));
        var request = GenerationRequest.builder()
                .system("Be brief")
                .messages(List.of(Message.user("one"), Message.assistant("two"), Message.user("three")))
                .maxOutputTokens(77)
                .temperature(0.9)
                .stopSequences("END")
                .build();

        var reply = server.call(ask(request));

        assertThat(Json.write(server.sentBody().members()))
                .isEqualTo("{\"model\":\"test-model\",\"max_tokens\":77,\"system\":\"Be brief\",\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"two\"},"
                        + "{\"role\":\"user\",\"content\":\"three\"}],"
                        + "\"temperature\":0.9,\"stop_sequences\":[\"END\"]}");
        assertThat(reply.exchange().sent().parameters())
                .isEqualTo(Map.of("max_tokens", "77", "temperature", "0.9", "stop_sequences", "[\"END\"]"));
    }

    @Test
    void imagesStandInTheFirstTurnBeforeItsText() {
        var server = new AnthropicServer(web).answers(200, message("end_turn", "hi"));
        var request = GenerationRequest.builder()
                .prompt("Describe")
                .image(ReferenceImage.inline("image/png", new byte[] {1, 2, 3}))
                .image(ReferenceImage.url("https://example.org/a.png"))
                .build();

        server.call(ask(request));

        var content = server.sentBody().objects("messages").get(0).objects("content");
        assertThat(content.stream().map(block -> block.string("type"))).containsExactly("image", "image", "text");
        assertThat(content.get(0).objectOrEmpty("source").members())
                .isEqualTo(Map.of("type", "base64", "media_type", "image/png", "data", "AQID"));
        assertThat(content.get(1).objectOrEmpty("source").members())
                .isEqualTo(Map.of("type", "url", "url", "https://example.org/a.png"));
        assertThat(content.get(2).string("text")).isEqualTo("Describe");
    }

    @Test
    void extraFieldsGoIntoTheBodyAsTheyAre() {
        var server = new AnthropicServer(web).answers(200, message("end_turn", "hi"));
        var request = GenerationRequest.builder()
                .prompt("Go")
                .extra("metadata", Map.of("user_id", "u1"))
                .extra("top_k", 9_007_199_254_740_993L)
                .extra("top_p", new BigDecimal("0.12345678901234567890"))
                .extra("container", null)
                .extra("list", Arrays.asList(1, null, true))
                .build();

        var reply = server.call(ask(request));

        assertThat(Json.write(server.sentBody().members()))
                .endsWith("\"metadata\":{\"user_id\":\"u1\"},\"top_k\":9007199254740993,"
                        + "\"top_p\":0.12345678901234567890,\"container\":null,\"list\":[1,null,true]}");
        assertThat(reply.exchange().sent().parameters())
                .containsEntry("top_k", "9007199254740993")
                .containsEntry("container", "null");
    }

    @Test
    void capOfTheModelLowersWhatWasAskedForAndShowsIt() {
        var server = new AnthropicServer(
                web,
                b -> b.streaming(false)
                        .defaultMaxOutputTokens(5_000)
                        .profile(new ModelProfile("test-", Support.UNKNOWN, 4_096)));
        server.answers(200, message("end_turn", "hi")).answers(200, message("end_turn", "hi"));

        var asked = server.call(ask(GenerationRequest.builder()
                .prompt("Go")
                .maxOutputTokens(100_000)
                .build()));
        var unasked = server.completed();

        assertThat(asked.exchange().sent().parameters()).isEqualTo(Map.of("max_tokens", "4096"));
        assertThat(unasked.exchange().sent().parameters()).isEqualTo(Map.of("max_tokens", "4096"));
    }

    @Test
    void newerVersionSendsNoTemperatureToAnyModel() throws InterruptedException {
        var server = new AnthropicServer(
                web,
                b -> b.streaming(false).version("2026-10-21").profile(new ModelProfile("test-", Support.YES, null)));
        server.answers(200, message("end_turn", "hi"));

        server.call(
                ask(GenerationRequest.builder().prompt("Go").temperature(0.9).build()));

        assertThat(server.provider().profile("test-model").temperature()).isEqualTo(Support.NO);
        assertThat(server.provider().models())
                .extracting(ModelProfile::model, ModelProfile::temperature)
                .containsExactly(tuple("test-", Support.NO));
        var request = web.takeRequest();
        assertThat(request.getHeaders().get("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(request.getBody().utf8()).doesNotContain("temperature");
    }

    @Test
    void imagesThatTheModelDoesNotTakeAreNotSent() {
        var server = new AnthropicServer(
                web,
                b -> b.profile(ModelProfile.builder("test-")
                        .images(ModelProfile.Images.NONE)
                        .build()));

        var reply = (ProviderReply.Failed) server.call(ask(GenerationRequest.builder()
                .prompt("Go")
                .image(ReferenceImage.url("https://example.org/a.png"))
                .build()));

        assertThat(reply.failure().message()).isEqualTo("model test-model takes no images");
        assertThat(reply.failure().kind()).isEqualTo(FailureKind.INVALID_REQUEST);
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void bearerTokenReplacesTheKey() throws InterruptedException {
        var provider = AnthropicProvider.builder()
                .bearer("token-1234567890")
                .baseUrl(web.url("/gateway/").toString())
                .build();
        web.enqueue(json(200, message("end_turn", "hi")).build());

        provider.call(ask("Go"), new TestControl());

        var request = web.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/gateway/v1/messages");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer token-1234567890");
        assertThat(request.getHeaders().get("x-api-key")).isNull();
    }

    @Test
    void wrongOptionsAreRefusedWithoutShowingSecrets() {
        var builder = AnthropicProvider.builder();
        assertThatThrownBy(() -> builder.apiKey("secret\nkey"))
                .hasMessage("apiKey must be printable ASCII without spaces: ***");
        assertThatThrownBy(() -> builder.bearer(" ")).hasMessage("bearer must not be blank: ***");
        assertThatThrownBy(() -> builder.baseUrl("https://me:pw@host"))
                .hasMessage("baseUrl must not hold a user or a password: host");
        assertThatThrownBy(() -> builder.baseUrl("host")).hasMessage("baseUrl must be an http or https URL: ***");
        assertThatThrownBy(() -> builder.model("")).hasMessage("model must have 1 to 200 characters: ");
        assertThatThrownBy(() -> builder.version("latest"))
                .hasMessage("version must be a date, as in 2023-06-01: latest");
        assertThatThrownBy(() -> builder.defaultMaxOutputTokens(0))
                .hasMessage("defaultMaxOutputTokens must be at least 1: 0");
        assertThatThrownBy(() -> builder.apiKey("a").bearer("b").build())
                .hasMessage("bearer must not be given together with apiKey: ***");
    }
}
