package dev.reprise.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.provider.StopRules;
import dev.reprise.testkit.wire.SocketProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the suites share: a server behind a proxy, and short ways to let it answer and to call the provider. */
@SuppressWarnings("exports") // "requires transitive" would make JUnit necessary for who takes the fakes alone.
@Timeout(120)
public abstract class ProviderSuite {

    static final String KEY = "sk-contract-0123456789abcdef";
    static final Usage USAGE = Usage.of(12, 34);

    ProviderUnderTest subject;
    MockWebServer server;
    SocketProxy proxy;

    /** For a suite with a subclass. */
    protected ProviderSuite() {}

    /** The provider to test. */
    protected abstract ProviderUnderTest createProvider();

    @BeforeEach
    void startServer() {
        subject = createProvider();
        server = new MockWebServer();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        proxy = SocketProxy.to(server.getPort());
    }

    @AfterEach
    void stopServer() {
        proxy.close();
        server.close();
    }

    Speech speech(String... pieces) {
        return new Speech(List.of(pieces), subject.endWord(), USAGE);
    }

    Provider direct(boolean streaming) {
        return subject.connect("http://127.0.0.1:" + server.getPort(), KEY, streaming);
    }

    Provider proxied(boolean streaming) {
        return subject.connect("http://127.0.0.1:" + proxy.port(), KEY, streaming);
    }

    void answers(MockResponse answer) {
        server.enqueue(answer);
    }

    static MockResponse.Builder json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("content-type", "application/json")
                .body(body);
    }

    static MockResponse.Builder events(String body) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(body);
    }

    /** The answer to a speech, whole or as a stream. */
    MockResponse.Builder answer(Speech speech, boolean streaming) {
        return streaming ? events(subject.stream(speech)) : json(200, subject.answer(speech));
    }

    static ProviderRequest request() {
        return new ProviderRequest(GenerationRequest.of("Say hello"), "model-1", null, null);
    }

    static ProviderReply call(Provider provider, CallControl control) {
        return call(provider, control, GenerationRequest.of("Say hello"));
    }

    /** Calls as an engine does, which tells success from the stop reason. */
    static ProviderReply call(Provider provider, CallControl control, GenerationRequest request) {
        try {
            var reply = provider.call(new ProviderRequest(request, "model-1", null, null), control);
            return reply instanceof Completed completed ? StopRules.apply(completed) : reply;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Completed completed(ProviderReply reply) {
        assertThat(reply).isInstanceOf(Completed.class);
        return (Completed) reply;
    }

    static Failed failed(ProviderReply reply) {
        assertThat(reply).isInstanceOf(Failed.class);
        return (Failed) reply;
    }
}
