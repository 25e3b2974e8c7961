package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.store.NewTask;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing, step by step: wait, cut off, wait for last words, leave. */
class ClosingStepsTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void aCallIsCutOffWhenTheDrainTimeoutIsOverAndNotBefore() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.process(provider).drainTimeout(ofSeconds(10)).build();
        var id = client.generate(GenerationRequest.of("hello")).id();
        world.until(() -> provider.underWay() == 1);

        var closing = closing(client);
        world.clock.advance(ofSeconds(9));
        assertThat(provider.underWay()).isEqualTo(1);
        world.clock.advance(ofSeconds(1));

        assertThat(provider.call(1).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
        closing.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(world.store.find(Scope.ALL, id).orElseThrow().row().state()).isEqualTo(TaskState.READY);
    }

    @Test
    void aCallThatDoesNotStopIsLeftToOthersAfterItsLastWords() {
        var stubborn = new CodeProvider((request, control, number) -> {
            world.clock.sleep(Duration.ofMinutes(10));
            return CodeProvider.completed("too late");
        });
        var client = world.process(stubborn).drainTimeout(ofSeconds(10)).build();
        var id = client.generate(GenerationRequest.of("hello")).id();
        world.until(() -> stubborn.calls().get() == 1);

        var closing = closing(client);
        world.clock.advance(ofSeconds(14));
        assertThat(client.health().running()).isEqualTo(1);
        assertThat(closing).failsWithin(Duration.ofMillis(200));
        world.clock.advance(ofSeconds(1));
        closing.orTimeout(5, TimeUnit.SECONDS).join();
        var next = new CodeProvider((request, control, number) -> CodeProvider.completed("done"));
        var generation = world.until(world.start(next).handle(id).future());

        // Its farewell says so at once: nobody waits for its lease to run out.
        assertThat(world.passed()).isEqualTo(ofSeconds(15));
        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.SUCCEEDED);
    }

    @Test
    void whoIsInterruptedWhileClosingWaitsNoLongerAndKnowsIt() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.process(provider).drainTimeout(ofSeconds(10)).build();
        client.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);
        var interrupted = new AtomicBoolean();
        var thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            client.close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });

        thread.start();
        Awaitility.await().until(() -> !thread.isAlive());

        assertThat(interrupted).isTrue();
        assertThat(provider.call(1).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
        assertThat(world.passed()).isZero();
    }

    @Test
    void whatIsClaimedWhileClosingIsHandedBackUnsent() {
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var provider =
                FakeProvider.builder().clock(world.clock).latency(ofSeconds(8)).build();
        var client = world.process(provider, link.store())
                .drainTimeout(ofSeconds(30))
                .build();
        client.generate(GenerationRequest.of("under way"));
        world.until(() -> provider.underWay() == 1);
        link.after("claim", () -> sleep(ofSeconds(2)));
        var handle = submitter.generate(GenerationRequest.of("claimed"));
        world.clock.advance(Duration.ZERO);
        assertThat(handle.now().state()).isEqualTo(TaskState.RUNNING);

        var closing = closing(client);
        world.clock.advance(ofSeconds(3));
        assertThat(handle.now().state()).isEqualTo(TaskState.READY);
        world.clock.advance(ofSeconds(6));
        closing.orTimeout(5, TimeUnit.SECONDS).join();

        assertThat(provider.callCount()).isEqualTo(1);
        assertThat(provider.call(1).ending()).isEqualTo(FakeCall.Ending.AS_SCRIPTED);
    }

    @Test
    void aClaimThatIsAllThatIsUnderWayIsWaitedForAndHandedBack() {
        var submitter = world.start(world.process(provider()).submitOnly().onCrash(NewTask.OnCrash.FAIL));
        var provider = provider();
        var client = world.process(provider, link.store())
                .drainTimeout(ofSeconds(30))
                .build();
        world.clock.advance(ofSeconds(1));
        link.after("claim", () -> sleep(ofSeconds(2)));
        var handle = submitter.generate(GenerationRequest.of("claimed"));
        world.clock.advance(Duration.ZERO);
        assertThat(handle.now().state()).isEqualTo(TaskState.RUNNING);

        var closing = closing(client);
        assertThat(closing).failsWithin(Duration.ofMillis(200));
        world.clock.advance(ofSeconds(3));
        closing.orTimeout(5, TimeUnit.SECONDS).join();

        assertThat(handle.now().state()).isEqualTo(TaskState.READY);
        assertThat(handle.now().attempts()).isEmpty();
        assertThat(provider.callCount()).isZero();
    }

    @Test
    void whatASubmissionClaimsWhileClosingIsHandedBackUnsent() {
        for (boolean claimsFirst : new boolean[] {true, false}) {
            var provider = provider();
            var client = world.process(provider, link.store())
                    .drainTimeout(ofSeconds(30))
                    .onCrash(NewTask.OnCrash.FAIL)
                    .build();
            world.clock.advance(ofSeconds(1));
            var reached = new CountDownLatch(1);
            Runnable slowly = () -> {
                reached.countDown();
                sleep(ofSeconds(2));
            };
            if (claimsFirst) {
                link.after("submit", slowly);
            } else {
                link.before("submit", slowly);
            }

            var submitting = CompletableFuture.supplyAsync(() -> client.generate(GenerationRequest.of("claimed")));
            Awaitility.await().until(() -> reached.getCount() == 0);
            var closing = closing(client);
            world.clock.advance(ofSeconds(3));
            var id = submitting.orTimeout(5, TimeUnit.SECONDS).join().id();
            closing.orTimeout(5, TimeUnit.SECONDS).join();
            link.mend();

            var left = world.store.find(Scope.ALL, id).orElseThrow();
            assertThat(left.row().state()).isEqualTo(TaskState.READY);
            assertThat(left.attempts()).isEmpty();
            assertThat(provider.callCount()).isZero();
            world.store.cancel(Scope.ALL, id); // or the next client takes it over
        }
    }

    @Test
    void closingLeavesNoAlarmAndSaysGoodbyeOnce() {
        var client = world.process(FakeProvider.builder().clock(world.clock).build(), link.store())
                .drainTimeout(ofSeconds(30))
                .build();
        world.clock.advance(ofSeconds(1));
        var timers = world.clock.timers();
        var goodbyes = new AtomicInteger();
        var beats = new AtomicInteger();
        link.before("close", goodbyes::incrementAndGet);
        link.before("beat", beats::incrementAndGet);

        client.close();
        client.close();

        assertThat(world.clock.timers()).isEqualTo(timers);
        assertThat(goodbyes).hasValue(1);
        world.clock.advance(ofSeconds(40));
        assertThat(beats).hasValue(0);
        assertThat(world.clock.timers()).isZero();
    }

    private FakeProvider provider() {
        return FakeProvider.builder().clock(world.clock).build();
    }

    private void sleep(Duration duration) {
        try {
            world.clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes on another thread, and waits until its alarm has been set. */
    private CompletableFuture<Void> closing(GenerationClient client) {
        var timers = world.clock.timers();
        var closing = CompletableFuture.runAsync(client::close);
        Awaitility.await().until(() -> world.clock.timers() == timers + 1);
        return closing;
    }
}
