package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.AwaitInterruptedException;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.BatchState;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelling reaches the call, deleting erases, closing loses nothing, waiting can be given up. */
class ClosingAndCancellingTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void cancellingReachesTheCallAndKeepsTheAttempt() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);
        var future = handle.future();

        assertThat(handle.cancel()).isTrue();
        assertThat(handle.cancel()).isFalse();

        assertThatThrownBy(() -> world.until(future)).hasCauseInstanceOf(GenerationFailedException.class);
        world.until(() -> provider.underWay() == 0);
        world.until(() -> client.health().running() == 0);
        var generation = handle.now();
        assertThat(generation.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(generation.failure()).isNotNull();
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.CANCELLED);
        assertThat(provider.call(1).ending()).isEqualTo(FakeCall.Ending.CANCELLED);
    }

    @Test
    void cancellingInOneProcessReachesTheCallInAnother() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var worker = world.start(provider);
        var web = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var handle = web.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);

        assertThat(web.cancel(handle.id())).isTrue();
        world.until(() -> provider.underWay() == 0);

        assertThat(world.passed()).isLessThan(Duration.ofSeconds(6));
        world.until(() -> worker.health().running() == 0);
        assertThat(handle.now().state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void cancellingABatchEndsAllThatHasNotEnded() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("done")
                .hangs()
                .hangs()
                .build();
        var client = world.start(world.process(provider).maxConcurrent(2));
        var handle = client.variations(GenerationRequest.of("hello"), 4);
        world.until(() -> provider.underWay() == 2 && handle.now().succeeded().size() == 1);

        assertThat(handle.cancel()).isTrue();
        var batch = world.until(handle.future());

        assertThat(batch.state()).isEqualTo(BatchState.PARTLY_FAILED);
        assertThat(batch.succeeded()).hasSize(1);
        assertThat(batch.failed()).hasSize(3);
        assertThat(handle.cancel()).isFalse();
    }

    @Test
    void deletingErasesAndFreesTheIdempotencyKey() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(provider);
        var request = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("key")
                .build();
        var first = world.until(client.generate(request).future());

        client.delete(first.id());

        assertThat(client.get(first.id())).isEmpty();
        assertThat(client.byIdempotencyKey("key")).isEmpty();
        assertThatThrownBy(() -> client.delete(first.id())).isInstanceOf(NotFoundException.class);
        assertThat(client.generate(request).id()).isNotEqualTo(first.id());
    }

    @Test
    void whoAwaitsWhatIsDeletedIsTold() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        var future = handle.future();
        world.until(() -> provider.underWay() == 1);

        client.delete(handle.id());

        assertThatThrownBy(() -> world.until(future)).hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void closingHandsWorkBackWithoutUsingUpAnAttemptOfTheSchedule() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.process(provider).retry(RetrySchedule.never()).build();
        var id = client.generate(GenerationRequest.of("hello")).id();
        world.until(() -> provider.underWay() == 1);

        client.close();
        client.close();

        assertThat(client.health().status()).isEqualTo(Health.Status.CLOSED);
        assertThatThrownBy(() -> client.generate(GenerationRequest.of("more")))
                .isInstanceOf(ClientClosedException.class);
        var next = FakeProvider.builder().clock(world.clock).replies("done").build();
        var second = world.start(world.process(next).retry(RetrySchedule.never()));
        var generation = world.until(second.handle(id).future());
        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.CANCELLED, AttemptOutcome.SUCCEEDED);
        assertThat(world.passed()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void closingWaitsForWhatIsUnderWayWithinItsLimit() {
        // In real time, because the thread that closes is not the clock's to wait for.
        try (var store = InMemoryTaskStore.create()) {
            var provider = FakeProvider.builder()
                    .latency(Duration.ofMillis(300))
                    .replies("done")
                    .build();
            var client = GenerationClient.builder()
                    .provider(provider)
                    .taskStore(store)
                    .build();
            var id = client.generate(GenerationRequest.of("hello")).id();
            Awaitility.await().until(() -> provider.callCount() == 1);

            client.close();

            assertThat(provider.call(1).ending()).isEqualTo(FakeCall.Ending.AS_SCRIPTED);
            assertThat(store.states(List.of(id))).containsEntry(id, TaskState.SUCCEEDED);
        }
    }

    @Test
    void whatWasClaimedAndNotYetSentIsHandedBackByClosing() {
        for (int round = 0; round < 20; round++) {
            var provider = FakeProvider.builder().clock(world.clock).hangs().build();
            var client = world.process(provider).build();
            var begin = System.nanoTime();
            client.generate(GenerationRequest.of("hello"));

            client.close();

            // Whether the call had begun or not, closing does not wait for its guard of ten seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void whoAwaitsInAClosedClientIsTold() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.process(provider).build();
        var future = client.generate(GenerationRequest.of("hello")).future();

        client.close();

        assertThatThrownBy(() -> world.until(future)).hasCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void waitingCanBeGivenUpAndTheWorkGoesOn() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(5))
                .replies("done")
                .build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));

        assertThatThrownBy(() -> handle.await(Duration.ofMillis(1)))
                .isInstanceOf(AwaitTimeoutException.class)
                .hasMessage("generation " + handle.id() + " is not done after PT0.001S");
        Thread.currentThread().interrupt();
        assertThatThrownBy(handle::await).isInstanceOf(AwaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(world.until(handle.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void anInterruptedCallerStillStoresItsRequest() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());
        Thread.currentThread().interrupt();

        var handle = client.generate(GenerationRequest.of("hello"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.until(handle.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whateverIsAskedOfAClosedClientIsRefusedInOneWay() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        var batch = client.variations(GenerationRequest.of("hello"), 2);
        world.until(batch.future());
        var id = handle.id();
        client.close();

        var asked = List.<ThrowingCallable>of(
                () -> client.generate(GenerationRequest.of("hello")),
                () -> client.variations(GenerationRequest.of("hello"), 2),
                () -> client.refine(id, "warmer"),
                () -> client.continueFrom(id, "next", "go on"),
                () -> client.preview(id, "warmer"),
                () -> client.get(id),
                () -> client.batch(batch.id()),
                () -> client.chain(id),
                () -> client.lineage(id),
                () -> client.children(id),
                () -> client.byIdempotencyKey("key"),
                () -> client.list(GenerationQuery.all()),
                () -> client.feed(10, null),
                () -> client.cancel(id),
                () -> client.cancel(batch.id()),
                () -> client.delete(id),
                () -> client.handle(id),
                () -> client.handle(batch.id()),
                handle::await,
                handle::now,
                handle::future,
                handle::cancel,
                batch::await,
                batch::now,
                batch::future,
                batch::cancel);

        assertThat(asked).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ClientClosedException.class));
        client.wake();
        client.close();
    }

    @Test
    void aHandleOfWhatDoesNotExistIsRefused() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());

        assertThatThrownBy(() -> client.handle(new GenerationId("nowhere")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("generation not found: nowhere");
    }
}
