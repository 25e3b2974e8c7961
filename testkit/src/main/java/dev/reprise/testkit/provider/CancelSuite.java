package dev.reprise.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.testkit.wire.Mischief;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are cut off: they return at once, close their connection, and leave nothing behind. */
public abstract class CancelSuite extends ProviderSuite {

    private static final Duration AT_ONCE = Duration.ofMillis(200);
    private static final int MANY = 1_000;
    private static final int AT_A_TIME = 20;

    private ExecutorService callers;

    /** For a suite with a subclass. */
    protected CancelSuite() {}

    @BeforeEach
    void startCallers() {
        callers = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    private static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 150})
    void cancelReturnsAndClosesTheConnectionAtOnce(int bytesBefore) {
        answers(answer(speech("Hello", "world"), true).build());
        proxy.mischief(new Mischief.Stall(bytesBefore));
        var control = TestCall.patient();
        var returned = new AtomicLong();
        var call = CompletableFuture.supplyAsync(
                () -> {
                    var reply = call(proxied(true), control);
                    returned.set(System.nanoTime());
                    return reply;
                },
                callers);
        Soon.until("the answer has begun", () -> proxy.lastAnswer().length > bytesBefore);

        long cancelled = System.nanoTime();
        control.cancel();
        var reply = (Failed) call.join();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(Duration.ofNanos(returned.get() - cancelled)).isLessThan(AT_ONCE);
        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
        assertThat(Duration.ofNanos(proxy.lastGoneNanos() - cancelled)).isLessThan(AT_ONCE);
    }

    @Test
    void timeLimitReturnsAndClosesTheConnectionAtOnce() {
        answers(silence());
        var limit = Duration.ofMillis(250);

        long start = System.nanoTime();
        var reply = failed(call(proxied(false), TestCall.within(limit)));
        long end = System.nanoTime();

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(Duration.ofNanos(end - start)).isBetween(limit.minusMillis(20), limit.plus(AT_ONCE));
        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
        assertThat(Duration.ofNanos(proxy.lastGoneNanos() - end)).isLessThan(AT_ONCE);
    }

    @Test
    void silentStreamEndsByItsIdleTimeout() {
        answers(answer(speech("Hello"), true).build());
        proxy.mischief(new Mischief.Stall(150));

        var reply = failed(call(proxied(true), new TestCall(Duration.ofSeconds(20), Duration.ofMillis(200))));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
    }

    @Test
    void interruptEndsTheCallAndClosesTheConnection() throws InterruptedException {
        answers(silence());
        var provider = proxied(true);
        var interrupted = new CountDownLatch(1);
        var caller = new Thread(() -> {
            try {
                provider.call(request(), TestCall.patient());
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        caller.start();
        server.takeRequest();

        caller.interrupt();

        assertThat(interrupted.await(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
    }

    @Test
    void cancelledBeforehandSendsNothing() {
        var control = TestCall.patient();
        control.cancel();

        assertThat(failed(call(proxied(true), control)).failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void thousandCancelsLeaveNoConnectionAndNoThreadBehind() throws InterruptedException {
        var provider = proxied(true);
        cancelSome(provider);
        int before = threads(false).size();
        int withIdleOnes = threads(true).size();
        for (int done = AT_A_TIME; done < MANY; done += AT_A_TIME) {
            cancelSome(provider);
        }

        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
        Soon.until("no busy thread is left", () -> threads(false).size() <= before);
        // Pools below keep idle threads for a minute, a few for each call made at once: nowhere near one for each call.
        assertThat(threads(true)).hasSizeLessThan(withIdleOnes + MANY / 5);
        proxy.mischief(new Mischief.None());
        answers(answer(speech("Hello"), true).build());
        assertThat(completed(call(provider, TestCall.patient())).text()).isEqualTo("Hello");
    }

    private void cancelSome(Provider provider) throws InterruptedException {
        List<TestCall> controls = new ArrayList<>();
        List<CompletableFuture<ProviderReply>> calls = new ArrayList<>();
        for (int i = 0; i < AT_A_TIME; i++) {
            answers(silence());
            var control = TestCall.patient();
            controls.add(control);
            calls.add(CompletableFuture.supplyAsync(() -> call(provider, control), callers));
        }
        for (int i = 0; i < AT_A_TIME; i++) {
            server.takeRequest();
        }
        controls.forEach(TestCall::cancel);
        assertThat(calls)
                .allSatisfy(
                        call -> assertThat(failed(call.join()).failure().kind()).isEqualTo(FailureKind.CANCELLED));
    }

    /** The names of this process's threads, but for the test's own: its server's, its proxy's and its callers'. */
    private static List<String> threads(boolean idleInPools) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().isAlive() && (idleInPools || !idleInAPool(thread.getValue())))
                .map(thread -> thread.getKey().getName())
                .filter(name -> !name.startsWith("MockWebServer"))
                .filter(name -> !name.startsWith("socket-proxy"))
                .filter(name -> !name.startsWith("pool-"))
                .toList();
    }

    private static boolean idleInAPool(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(ThreadPoolExecutor.class.getName())
                        && frame.getMethodName().equals("getTask"));
    }
}
