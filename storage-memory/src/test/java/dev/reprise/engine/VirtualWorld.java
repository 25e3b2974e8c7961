package dev.reprise.engine;

import dev.reprise.GenerationClient;
import dev.reprise.provider.Provider;
import dev.reprise.storage.memory.InMemoryTaskStore;
import dev.reprise.store.TaskStore;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** One virtual clock, one in-memory store, and clients over it that behave as separate processes. */
final class VirtualWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-29T00:30:00Z");
    private static final Duration LIMIT = Duration.ofDays(2);

    final VirtualClock clock = VirtualClock.startingAt(START);
    final InMemoryTaskStore store = InMemoryTaskStore.create(clock);
    private final List<GenerationClient> clients = new ArrayList<>();
    private int processes;

    /** A client's builder over the shared store. */
    GenerationClient.Builder process(Provider provider) {
        return process(provider, store);
    }

    /** A client's builder over a connection of its own to the shared store. */
    GenerationClient.Builder process(Provider provider, TaskStore connection) {
        return GenerationClient.builder()
                .provider(provider)
                .taskStore(connection)
                .time(clock)
                .random(new NoJitter(++processes))
                .drainTimeout(Duration.ZERO);
    }

    /** A client that is closed with this world. */
    GenerationClient start(GenerationClient.Builder builder) {
        var client = builder.build();
        clients.add(client);
        return client;
    }

    /** A client of defaults that is closed with this world. */
    GenerationClient start(Provider provider) {
        return start(process(provider));
    }

    /** Moves time from timer to timer until a future is done. */
    <T> T until(CompletableFuture<T> future) {
        return clock.runUntil(future, LIMIT);
    }

    /** Moves time from timer to timer until a condition holds. */
    void until(BooleanSupplier condition) {
        clock.runUntil(condition, LIMIT);
    }

    /** What has passed since the beginning. */
    Duration passed() {
        return Duration.between(START, clock.instant());
    }

    @Override
    public void close() {
        clients.forEach(GenerationClient::close);
        store.close();
    }

    /** Draws that are random where ids need them, and zero where jitter asks. */
    private static final class NoJitter extends Random {
        private static final long serialVersionUID = 1L;

        /** Each process has a seed of its own: two that create something at the same time must not give it one id. */
        private NoJitter(long seed) {
            super(seed);
        }

        @Override
        public double nextDouble() {
            return 0;
        }
    }
}
