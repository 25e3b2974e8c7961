package dev.reprise.provider.openai;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.json.Json;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.TestControl;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** A server that answers as it is told, and a provider that talks to it. */
final class OpenAiServer {

    static final String KEY = "sk-test-0123456789";
    static final String MODEL = "test-model";

    private final MockWebServer server;
    private final OpenAiProvider provider;
    private final TestControl control = new TestControl();

    OpenAiServer(MockWebServer server, UnaryOperator<OpenAiProvider.Builder> options) {
        this.server = server;
        this.provider = options.apply(OpenAiProvider.builder()
                        .apiKey(KEY)
                        .baseUrl(server.url("/v1/").toString()))
                .build();
    }

    /** A server of OpenAI's dialect whose answers are whole. */
    static OpenAiServer plain(MockWebServer server) {
        return new OpenAiServer(server, builder -> builder.streaming(false));
    }

    static ProviderRequest ask(GenerationRequest request) {
        return new ProviderRequest(request, MODEL, request.temperature(), null);
    }

    static ProviderRequest ask(String prompt) {
        return ask(GenerationRequest.of(prompt));
    }

    static MockResponse.Builder json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", "application/json")
                .body(body);
    }

    static String completion(String finishReason, String text) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"test-model","system_fingerprint":null,
                 "choices":[{"index":0,"message":{"role":"assistant","content":%s,"refusal":null},"finish_reason":%s}],
                 "usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46}}""".formatted(Json.write(text), Json.write(finishReason));
    }

    OpenAiProvider provider() {
        return provider;
    }

    TestControl control() {
        return control;
    }

    OpenAiServer answers(MockResponse.Builder answer) {
        server.enqueue(answer.build());
        return this;
    }

    OpenAiServer answers(int status, String body) {
        return answers(json(status, body));
    }

    ProviderReply call(ProviderRequest request) {
        try {
            return provider.call(request, control);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    ProviderReply.Failed failed() {
        return (ProviderReply.Failed) call(ask("Say hello"));
    }

    ProviderReply.Completed completed() {
        return (ProviderReply.Completed) call(ask("Say hello"));
    }

    /** The body of the next request that has arrived. */
    JsonObject sentBody() {
        try {
            return Json.readObject(
                    Objects.requireNonNull(server.takeRequest().getBody()).toByteArray());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
