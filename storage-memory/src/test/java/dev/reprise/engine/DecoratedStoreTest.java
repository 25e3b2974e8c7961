package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.DelegatingTaskStore;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskStore;
import dev.reprise.testkit.FakeProvider;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client over a store that wraps another, as what measures or traces does. */
class DecoratedStoreTest {

    private final VirtualWorld world = new VirtualWorld();
    private final AtomicInteger opened = new AtomicInteger();
    private final TaskStore decorated = new Counting(new Counting(world.store));
    private final GenerationClient client =
            world.start(world.process(FakeProvider.builder().clock(world.clock).build(), decorated));

    @AfterEach
    void close() {
        world.close();
    }

    /** Counts the runners that are opened through it. */
    private final class Counting extends DelegatingTaskStore {
        private Counting(TaskStore delegate) {
            super(delegate);
        }

        @Override
        public RunnerSession open(RunnerSpec spec, Runnable wake) {
            opened.incrementAndGet();
            return super.open(spec, wake);
        }
    }

    /** A transaction that commits each submission at once, as the store below hands it out. */
    private record Autocommit(TaskStore store) implements CallerTransaction {
        @Override
        public Submitted submit(Submission submission) {
            return store.submit(submission);
        }
    }

    @Test
    void clientWorksThroughIt() {
        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());
        var batch =
                world.until(client.variations(GenerationRequest.of("a fox"), 3).future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(batch.succeeded()).hasSize(3);
        assertThat(client.list(GenerationQuery.all()).items()).hasSize(4);
        assertThat(client.feed(10, null).items()).hasSize(2);
        assertThat(opened).as("through both").hasValue(2);
    }

    @Test
    void clientTakesTransactionsOfTheStoreBelow() {
        var handle = client.within(new Autocommit(world.store)).generate(GenerationRequest.of("hello"));
        client.wake();

        world.until(() -> client.get(handle.id()).orElseThrow().state() == TaskState.SUCCEEDED);
    }

    @Test
    void clientTakesTransactionsOfAnyDecorationOfItsStore() {
        var handle = client.within(new Autocommit(new Counting(world.store))).generate(GenerationRequest.of("hello"));
        client.wake();

        world.until(() -> client.get(handle.id()).orElseThrow().state() == TaskState.SUCCEEDED);
    }

    @Test
    void clientOfTheStoreBelowTakesTransactionsOfItsDecoration() {
        var plain = world.start(FakeProvider.builder().clock(world.clock).build());

        var handle = plain.within(new Autocommit(decorated)).generate(GenerationRequest.of("hello"));
        plain.wake();

        world.until(() -> plain.get(handle.id()).orElseThrow().state() == TaskState.SUCCEEDED);
    }

    @Test
    void transactionOfAnotherStoreIsRefused() {
        var other = InMemoryTaskStore.create(world.clock);

        assertThatThrownBy(() -> client.within(new Autocommit(new Counting(other))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("transaction must be in the store that the client was built with");
    }
}
