package dev.reprise.testkit.store;

import dev.reprise.store.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/** A store in the heap of this process, whose clock stands still until it is moved: a second process is another user of it. */
public final class StoreInProcess implements StoreUnderTest {

    private final TaskStore store;
    private volatile Instant now = Instant.parse("2026-11-01T00:00:00.000999Z");

    /** @param create makes the store on a clock */
    public StoreInProcess(Function<InstantSource, ? extends TaskStore> create) {
        store = create.apply(() -> now);
    }

    @Override
    public TaskStore store() {
        return store;
    }

    @Override
    public TaskStore openSecond() {
        return store;
    }

    @Override
    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public void close() {
        store.close();
    }
}
