package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.ask;
import static dev.reprise.provider.anthropic.AnthropicServer.json;
import static dev.reprise.provider.anthropic.AnthropicServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.wire.TestControl;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Calls that end before their answer. */
class AnthropicCutOffTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static MockResponse.Builder never() {
        return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE);
    }

    @Test
    void cancelReturnsWithin200Millis() throws Exception {
        var server = new AnthropicServer(web).answers(never());
        var control = new TestControl();
        var returned = new AtomicLong();
        var call = CompletableFuture.supplyAsync(() -> {
            var reply = server.call(ask("Go"), control);
            returned.set(System.nanoTime());
            return reply;
        });
        web.takeRequest();

        long cancelled = System.nanoTime();
        control.cancel();

        var reply = (Failed) call.get(5, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(returned.get() - cancelled)).isLessThan(Duration.ofMillis(200));
        assertThat(reply.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(reply.failure().retryable()).isFalse();
    }

    @Test
    void cancelledBeforehandSendsNothing() {
        var server = new AnthropicServer(web);
        var control = new TestControl();
        control.cancel();

        var reply = (Failed) server.call(ask("Go"), control);

        assertThat(reply.failure().message()).isEqualTo("the call was cancelled");
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void interruptEndsTheCall() throws Exception {
        var server = new AnthropicServer(web).answers(never());
        var pool = Executors.newSingleThreadExecutor();
        try {
            Future<ProviderReply> call = pool.submit(() -> server.provider().call(ask("Go"), new TestControl()));
            web.takeRequest();

            pool.shutdownNow();

            assertThat(call)
                    .failsWithin(Duration.ofMillis(500))
                    .withThrowableThat()
                    .havingRootCause();
            assertThat(call.isDone()).isTrue();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(call::get))
                    .hasCauseInstanceOf(InterruptedException.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void attemptTimeoutEndsTheCall() {
        var server = new AnthropicServer(web).answers(never());

        var reply = (Failed) server.call(ask("Go"), TestControl.within(Duration.ofMillis(150)));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(reply.failure().retryable()).isTrue();
        assertThat(reply.failure().message()).isEqualTo("no whole answer within PT0.15S");
    }

    @Test
    void timeoutReachesABodyThatNeverEnds() {
        var server = new AnthropicServer(web)
                .answers(json(200, message("end_turn", "hi")).onResponseBody(SocketEffect.Stall.INSTANCE));

        var reply = (Failed) server.call(ask("Go"), TestControl.within(Duration.ofMillis(150)));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void brokenConnectionIsARetryableNetworkFailureAndIsNotResent() {
        var server = new AnthropicServer(web)
                .answers(json(200, message("end_turn", "hi")).onResponseBody(new SocketEffect.CloseSocket()));

        var failure = server.failed().failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.message()).startsWith("the connection broke: ");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void connectionClosedInsteadOfAnAnswerIsNotResent() {
        var server = new AnthropicServer(web)
                .answers(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()));

        assertThat(server.failed().failure().kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void refusedConnectionIsTriedAgainAndThenGivenUp() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var provider =
                AnthropicProvider.builder().baseUrl("http://127.0.0.1:" + port).build();

        long start = System.nanoTime();
        var reply = (Failed) provider.call(ask("Go"), new TestControl());

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.NETWORK);
        assertThat(reply.failure().message()).startsWith("cannot connect: ConnectException");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
    }

    @Test
    void lookupThatHangsIsLeftBehind() throws Exception {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var client = new OkHttpClient.Builder()
                .dns(name -> {
                    asked.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                })
                .build();
        var provider = AnthropicProvider.builder()
                .baseUrl("http://nowhere.example")
                .httpClient(client)
                .build();
        var control = new TestControl();
        var call = CompletableFuture.supplyAsync(() -> call(provider, control));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        control.cancel();

        assertThat(call).succeedsWithin(Duration.ofMillis(500));
        assertThat(((Failed) call.join()).failure().kind()).isEqualTo(FailureKind.CANCELLED);
        var late = (Failed) call(provider, TestControl.within(Duration.ofMillis(100)));
        assertThat(late.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        never.countDown();
    }

    private static ProviderReply call(AnthropicProvider provider, TestControl control) {
        try {
            return provider.call(ask("Go"), control);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void messageOfAnAppsInterceptorIsNotShown() throws InterruptedException {
        var client = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw new InterruptedIOException("a secret of the app");
                })
                .build();
        var provider = AnthropicProvider.builder().httpClient(client).build();

        var reply = (Failed) provider.call(ask("Go"), new TestControl());

        assertThat(reply.failure().message()).isEqualTo("cannot connect: InterruptedIOException");
    }
}
