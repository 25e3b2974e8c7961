package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.testkit.FakeCall.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FakeProviderTimeTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final VirtualClock clock = VirtualClock.startingAt(START);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Thread> caller = new AtomicReference<>();
    private final TestControl control = new TestControl();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void latencyPassesInVirtualTime() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .latency(Duration.ofMinutes(3))
                .build();
        var reply = start(provider, control);

        clock.advance(Duration.ofSeconds(179));
        assertThat(reply).isNotDone();
        assertThat(provider.underWay()).isEqualTo(1);
        assertThat(provider.call(1).ending()).isEqualTo(Ending.UNDER_WAY);

        clock.advance(Duration.ofSeconds(1));
        assertThat(reply.join()).isInstanceOf(Completed.class);
        assertThat(provider.call(1).startedAt()).isEqualTo(START);
        assertThat(provider.call(1).endedAt()).isEqualTo(START.plusSeconds(180));
    }

    @Test
    void latencyOfAnOutcomeGoesBeforeTheProviders() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .latency(Duration.ofHours(1))
                .then(FakeOutcome.reply("fast").after(Duration.ofSeconds(2)))
                .build();
        var reply = start(provider, control);

        clock.advance(Duration.ofSeconds(2));

        assertThat(reply).isDone();
    }

    @Test
    void piecesAreSpreadOverTheLatency() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .then(FakeOutcome.streamed("a", "b", "c").after(Duration.ofSeconds(9)))
                .build();
        var reply = start(provider, control);

        clock.advance(Duration.ofSeconds(3));
        assertThat(control.deltas).containsExactly("a");
        clock.advance(Duration.ofSeconds(3));
        assertThat(control.deltas).containsExactly("a", "b");
        clock.advance(Duration.ofSeconds(3));
        assertThat(control.deltas).containsExactly("a", "b", "c");
        assertThat(reply).isDone();
    }

    @Test
    void cancelledCallEndsAtOnceWithWhatItHas() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .then(FakeOutcome.hanging().afterStreaming("some", " text").using(Usage.of(5, 2)))
                .build();
        var reply = start(provider, control);
        clock.advance(Duration.ofSeconds(30));

        control.cancel();
        clock.advance(Duration.ZERO);

        assertThat(reply.join()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.CANCELLED);
            assertThat(failed.text()).isEqualTo("some text");
            assertThat(failed.exchange().usage()).isEqualTo(Usage.of(5, 2));
        });
        assertThat(provider.call(1).ending()).isEqualTo(Ending.CANCELLED);
        assertThat(provider.call(1).endedAt()).isEqualTo(START.plusSeconds(30));
        assertThat(clock.timers()).isZero();
    }

    @Test
    void callThatWasCancelledBeforeItBeganDoesNothing() {
        var provider = FakeProvider.builder().clock(clock).replies("one").build();
        control.cancel();

        var reply = start(provider, control);
        clock.advance(Duration.ZERO);

        assertThat(reply.join()).isInstanceOf(Failed.class);
        assertThat(provider.call(1).ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void callEndsAtItsTimeout() {
        var provider = FakeProvider.builder().clock(clock).hangs().build();
        var reply = start(provider, new TestControl(Duration.ofSeconds(90), Duration.ofSeconds(5)));

        clock.advance(Duration.ofSeconds(89));
        assertThat(reply).isNotDone();
        clock.advance(Duration.ofSeconds(1));

        assertThat(reply.join())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo(FailureKind.TIMEOUT));
        assertThat(provider.call(1).ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void answerAtTheVeryTimeoutIsInTime() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .then(FakeOutcome.streamed("a", "b").after(Duration.ofSeconds(90)))
                .build();
        var reply = start(provider, new TestControl(Duration.ofSeconds(90), Duration.ofMinutes(5)));

        clock.advance(Duration.ofSeconds(90));

        assertThat(reply.join()).isInstanceOf(Completed.class);
    }

    @Test
    void silentStreamEndsAtTheIdleTimeout() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .then(FakeOutcome.hanging().afterStreaming("a").after(Duration.ofSeconds(2)))
                .build();
        var reply = start(provider, new TestControl(Duration.ofMinutes(10), Duration.ofSeconds(5)));

        clock.advance(Duration.ofSeconds(7));

        assertThat(reply.join())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.text()).isEqualTo("a"));
        assertThat(provider.call(1).endedAt()).isEqualTo(START.plusSeconds(7));
    }

    @Test
    void interruptEndsTheCall() {
        var provider = FakeProvider.builder().clock(clock).hangs().build();
        var reply = start(provider, control);
        clock.advance(Duration.ofSeconds(1));

        caller.get().interrupt();

        assertThatThrownBy(reply::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(provider.call(1).ending()).isEqualTo(Ending.INTERRUPTED);
    }

    @Test
    void realTimeIsUsedWithoutAClock() {
        var provider = FakeProvider.builder().hangs().build();
        var reply = start(provider, new TestControl(Duration.ofMillis(20), Duration.ofMillis(5)));

        assertThat(reply.join()).isInstanceOf(Failed.class);
        assertThat(provider.call(1).ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void cancelReachesACallInRealTime() {
        var provider = FakeProvider.builder().hangs().build();
        var reply = start(provider, control);

        control.cancel();

        assertThat(reply.join()).isInstanceOf(Failed.class);
        assertThat(provider.call(1).ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void callsAtOnceAreCounted() {
        var provider = FakeProvider.builder()
                .clock(clock)
                .latency(Duration.ofSeconds(1))
                .build();
        var replies = IntStream.range(0, 7)
                .mapToObj(i -> start(provider, new TestControl()))
                .toList();
        clock.advance(Duration.ofSeconds(1));
        var last = start(provider, new TestControl());
        clock.advance(Duration.ofSeconds(1));

        assertThat(replies).allMatch(CompletableFuture::isDone);
        assertThat(last).isDone();
        assertThat(provider.mostUnderWay()).isEqualTo(7);
        assertThat(provider.underWay()).isZero();
        assertThat(provider.callCount()).isEqualTo(8);
    }

    private CompletableFuture<ProviderReply> start(FakeProvider provider, TestControl with) {
        var reply = new CompletableFuture<ProviderReply>();
        clock.tracking(threads).execute(() -> {
            caller.set(Thread.currentThread());
            try {
                reply.complete(
                        provider.call(new ProviderRequest(GenerationRequest.of("prompt"), "m", null, null), with));
            } catch (InterruptedException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }
}
