package dev.reprise.storage.jdbc;

import dev.reprise.GenerationClient;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that submits one request after the other, and submits again what could not be stored. */
public final class Load implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<GenerationId> stored = new CopyOnWriteArrayList<>();
    private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final GenerationClient client;
    private final String name;
    private final ScheduledFuture<?> ticks;

    private Load(GenerationClient client, String name, Duration pause) {
        this.client = client;
        this.name = name;
        ticks = thread.scheduleWithFixedDelay(this::submit, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static Load start(GenerationClient client, String name, Duration pause) {
        return new Load(client, name, pause);
    }

    private void submit() {
        String prompt = name + " " + stored.size();
        try {
            // With the key a repeated submission finds what an earlier one has stored whose answer was lost.
            stored.add(client.generate(GenerationRequest.builder()
                            .prompt(prompt)
                            .idempotencyKey(prompt)
                            .build())
                    .id());
        } catch (StoreException e) {
            refusals.incrementAndGet();
            if (!e.passing()) {
                unexpected.add(e);
            }
        } catch (RuntimeException e) {
            unexpected.add(e);
        }
    }

    /** Submits no more; what has been stored. */
    public List<GenerationId> stop() throws InterruptedException {
        ticks.cancel(false);
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a submission has hung for a minute");
        }
        return List.copyOf(stored);
    }

    /** How many submissions were refused, to be tried again. */
    public int refusals() {
        return refusals.get();
    }

    /** What was thrown beside a passing failure of the store. */
    public List<Throwable> unexpected() {
        return unexpected;
    }

    public int stored() {
        return stored.size();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
