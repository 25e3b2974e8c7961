package dev.reprise.provider.anthropic;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.json.Json;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.wire.TestControl;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

/** A server that answers as it is told, and a provider that talks to it. */
final class AnthropicServer {

    static final String KEY = "sk-ant-test-0123456789";
    static final String MODEL = "test-model";

    private final MockWebServer server;
    private final AnthropicProvider provider;

    AnthropicServer(MockWebServer server) {
        this(server, builder -> builder.streaming(false));
    }

    AnthropicServer(MockWebServer server, UnaryOperator<AnthropicProvider.Builder> options) {
        this.server = server;
        this.provider = options.apply(AnthropicProvider.builder()
                        .apiKey(KEY)
                        .baseUrl(server.url("/").toString()))
                .build();
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

    static String message(String stopReason, String text) {
        return """
                {"id":"msg_1","type":"message","role":"assistant","model":"test-model",
                 "content":[{"type":"text","text":%s}],"stop_reason":%s,"stop_sequence":null,
                 "usage":{"input_tokens":12,"output_tokens":34}}""".formatted(Json.write(text), Json.write(stopReason));
    }

    AnthropicProvider provider() {
        return provider;
    }

    AnthropicServer answers(MockResponse.Builder answer) {
        server.enqueue(answer.build());
        return this;
    }

    AnthropicServer answers(int status, String body) {
        return answers(json(status, body));
    }

    ProviderReply call(ProviderRequest request) {
        return call(request, new TestControl());
    }

    ProviderReply call(ProviderRequest request, CallControl control) {
        try {
            return provider.call(request, control);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    ProviderReply call() {
        return call(ask("Say hello"));
    }

    ProviderReply.Failed failed() {
        return (ProviderReply.Failed) call();
    }

    ProviderReply.Completed completed() {
        return (ProviderReply.Completed) call();
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
