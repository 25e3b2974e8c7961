package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.AwaitTimeoutException;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.BatchHandle;
import dev.reprise.identity.BatchId;
import dev.reprise.testkit.FakeProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits is not disturbed by a store that is away when the waiting begins, goes on or ends. */
class AwaitingThroughOutagesTest {

    private static final GenerationRequest HELLO = GenerationRequest.of("hello");

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);
    private final FakeProvider provider =
            FakeProvider.builder().clock(world.clock).latency(ofSeconds(5)).build();
    private final GenerationClient worker = world.start(provider);
    private final GenerationClient client =
            world.start(world.process(provider, link.store()).submitOnly());

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    private BatchHandle stored() {
        return client.variations(HELLO, 2);
    }

    @Test
    void batchIsAwaitedThoughTheStoreIsAwayAtTheBeginning() {
        var handle = stored();
        link.cut();
        var future = handle.future();
        world.clock.advance(ofSeconds(20));
        assertThat(future).isNotDone();

        link.mend();

        assertThat(world.until(future).succeeded()).hasSize(2);
        assertThat(world.passed()).isLessThanOrEqualTo(ofSeconds(22));
    }

    @Test
    void batchIsReadAtTheEndThoughTheStoreIsAwayThen() {
        var handle = stored();
        link.after("states", () -> link.refuse("batch"));
        var future = handle.future();
        world.clock.advance(ofSeconds(20));
        assertThat(future).isNotDone();

        link.mend();

        assertThat(world.until(future).succeeded()).hasSize(2);
    }

    @Test
    void generationIsReadAtTheEndThoughTheStoreIsAwayThen() {
        var handle = client.generate(HELLO);
        link.refuse("find");
        var future = handle.future();
        world.clock.advance(ofSeconds(20));
        assertThat(future).isNotDone();

        link.mend();

        assertThat(world.until(future).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void patienceHoldsForAllOfTheWaiting() {
        var single = client.generate(HELLO);
        var several = stored();
        world.until(() -> worker.batch(several.id()).orElseThrow().state().isTerminal());
        link.refuse("find");
        link.refuse("batch");

        assertThatThrownBy(() -> single.await(Duration.ofMillis(50)))
                .isInstanceOf(AwaitTimeoutException.class)
                .hasMessageContaining("PT0.05S");
        assertThatThrownBy(() -> several.await(Duration.ofMillis(50)))
                .isInstanceOf(AwaitTimeoutException.class)
                .hasMessageContaining("PT0.05S");
    }

    @Test
    void whoStopsWaitingLeavesNothingToRead() {
        var handle = stored();
        var reads = new AtomicInteger();
        link.before("batch", () -> {
            reads.incrementAndGet();
            throw StoreException.passing("away", new IOException());
        });
        assertThatThrownBy(() -> handle.await(Duration.ofMillis(20))).isInstanceOf(AwaitTimeoutException.class);
        var future = handle.future();
        world.clock.advance(ofSeconds(3));
        assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(reads).hasValueGreaterThan(3);

        future.cancel(true);
        world.clock.advance(ofSeconds(3));
        int read = reads.get();
        world.clock.advance(ofSeconds(10));

        assertThat(reads).hasValue(read);
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void whatFollowsOnAnEndThatIsNoneMayWaitForOthers() {
        var deleted = client.generate(HELLO).id();
        var other = client.generate(HELLO);
        var follows = client.handle(deleted).future().handle((generation, problem) -> {
            var thread = Thread.currentThread().getName();
            return problem + " on " + thread;
        });
        client.delete(deleted);

        assertThat(world.until(follows)).contains("NotFoundException").doesNotContain("on reprise-store");
        assertThat(world.until(other.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void closingEndsTheWaitingForAStoreThatIsAway() {
        var handle = stored();
        link.cut();
        var future = handle.future();

        client.close();

        assertThatThrownBy(() -> world.until(future)).hasRootCauseInstanceOf(ClientClosedException.class);
    }

    @Test
    void batchThatIsGoneIsNotWaitedFor() {
        var id = client.generate(HELLO).id();
        var handle = client.handle(new BatchId(id.value()));
        client.delete(id);

        assertThatThrownBy(handle::await).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> world.until(handle.future())).hasCauseInstanceOf(NotFoundException.class);
    }

    @Test
    void futureOfAFailedGenerationFailsWithItsFailureAfterAnOutage() {
        var handle = client.generate(HELLO);
        handle.cancel();
        link.refuse("find");
        CompletableFuture<?> future = handle.future();
        world.clock.advance(ofSeconds(3));
        link.mend();

        assertThatThrownBy(() -> world.until(future))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(GenerationFailedException.class);
    }
}
