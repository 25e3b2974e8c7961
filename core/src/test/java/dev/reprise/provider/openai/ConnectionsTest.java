package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.completion;
import static dev.reprise.provider.openai.OpenAiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.wire.TestControl;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooled connections, and time limits that are the call's own. */
class ConnectionsTest {

    private static final int ROUNDS = 1_000;

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static ProviderReply call(OpenAiProvider provider, TestControl control) {
        try {
            return provider.call(ask("Go"), control);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private OpenAiProvider http2() {
        web.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        var client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        return OpenAiProvider.builder()
                .baseUrl(web.url("/v1").toString())
                .httpClient(client)
                .streaming(false)
                .build();
    }

    @Test
    void connectionThatTheServerClosedWhileItWasIdleCostsNoAttemptAndNothingIsSentTwice() throws Exception {
        try (var server = new ClosingServer()) {
            var provider = OpenAiProvider.builder().baseUrl(server.url()).build();
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(call(provider, new TestControl())).isInstanceOf(Completed.class);
                server.closeIdle();
            }

            assertThat(server.requests()).isEqualTo(ROUNDS);
            assertThat(server.connections()).isEqualTo(ROUNDS);
        }
    }

    @Test
    void connectionThatIsStillGoodIsUsedAgain() throws Exception {
        try (var server = new ClosingServer()) {
            var provider = OpenAiProvider.builder().baseUrl(server.url()).build();
            for (int round = 0; round < 20; round++) {
                assertThat(call(provider, new TestControl())).isInstanceOf(Completed.class);
            }

            assertThat(server.requests()).isEqualTo(20);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void http2ConnectionThatIsShutDownCostsNoAttemptAndNothingIsSentTwice() {
        int callers = 20; // a shutdown of a connection takes its time
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return json(200, completion("stop", "hi"))
                        .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                        .build();
            }
        });
        var threads = Executors.newFixedThreadPool(callers);
        var done = Stream.generate(this::http2)
                .limit(callers)
                .map(provider -> CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < ROUNDS / callers; round++) {
                                assertThat(call(provider, new TestControl())).isInstanceOf(Completed.class);
                            }
                        },
                        threads))
                .toList();

        assertThat(done).allSatisfy(rounds -> assertThat(rounds).succeedsWithin(Duration.ofSeconds(60)));
        threads.shutdown();
        assertThat(web.getRequestCount()).isEqualTo(ROUNDS);
    }

    @Test
    void refusedHttp2StreamCostsNoAttempt() {
        int refusedStream = 7;
        var provider = http2();
        for (int refused = 0; refused < 2; refused++) {
            web.enqueue(new MockResponse.Builder()
                    .onRequestStart(new SocketEffect.CloseStream(refusedStream))
                    .build());
        }
        web.enqueue(json(200, completion("stop", "hi")).build());

        assertThat(call(provider, new TestControl())).isInstanceOf(Completed.class);
    }

    @Test
    void http2StreamThatIsResetOtherwiseIsNotSentAgain() {
        int internalError = 2;
        var provider = http2();
        web.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseStream(internalError))
                .build());

        var failed = (Failed) call(provider, new TestControl());

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silenceBeforeTheFirstEventIsBoundedToo(boolean afterTheHeaders) {
        var answer = new MockResponse.Builder().setHeader("content-type", "text/event-stream");
        web.enqueue((afterTheHeaders
                        ? answer.setHeader("content-length", 1_000).onResponseBody(SocketEffect.Stall.INSTANCE)
                        : answer.onResponseStart(SocketEffect.Stall.INSTANCE))
                .build());
        var provider =
                OpenAiProvider.builder().baseUrl(web.url("/v1").toString()).build();

        var failed = (Failed) call(provider, new TestControl(Duration.ofSeconds(20), Duration.ofMillis(150)));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failed.failure().retryable()).isTrue();
        assertThat(failed.failure().message()).contains("PT0.15S");
    }

    @Test
    void limitsOfTheAppsClientAreNotTheCalls() {
        web.enqueue(json(200, completion("stop", "hi"))
                .headersDelay(300, TimeUnit.MILLISECONDS)
                .build());
        var hasty = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofMillis(100))
                .readTimeout(Duration.ofMillis(100))
                .writeTimeout(Duration.ofMillis(100))
                .callTimeout(Duration.ofMillis(100))
                .addInterceptor(chain ->
                        chain.withReadTimeout(100, TimeUnit.MILLISECONDS).proceed(chain.request()))
                .build();
        var provider = OpenAiProvider.builder()
                .baseUrl(web.url("/v1").toString())
                .httpClient(hasty)
                .build();

        assertThat(call(provider, new TestControl())).isInstanceOf(Completed.class);
    }

    @Test
    void proxyThatLetsNothingThroughIsTheOperatorsMatter() {
        web.enqueue(new MockResponse.Builder().code(407).inTunnel().build());
        var client = new OkHttpClient.Builder()
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(web.getHostName(), web.getPort())))
                .build();
        var provider = OpenAiProvider.builder()
                .baseUrl("https://nowhere.example/v1")
                .httpClient(client)
                .build();

        var failed = (Failed) call(provider, new TestControl());

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.AUTH);
        assertThat(failed.failure().retryable()).isFalse();
        assertThat(web.getRequestCount()).isEqualTo(1);
    }
}
