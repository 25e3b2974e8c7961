package dev.reprise.storage.memory;

import static dev.reprise.storage.memory.Work.alone;
import static dev.reprise.storage.memory.Work.finished;
import static dev.reprise.storage.memory.Work.id;
import static dev.reprise.storage.memory.Work.line;
import static dev.reprise.storage.memory.Work.retried;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final InMemoryTaskStore store = InMemoryTaskStore.create(clock);
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
    }

    @Test
    void runnersAreWokenByWhatAnyoneStores() {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        store.open(Work.SPEC, first::incrementAndGet);
        store.open(Work.SPEC, second::incrementAndGet);

        store.submit(alone("a"));

        assertThat(first).hasValue(1);
        assertThat(second).hasValue(1);
    }

    @Test
    void runnerThatSubmitsWakesTheOthersOnly() {
        var own = new AtomicInteger();
        var other = new AtomicInteger();
        var session = store.open(Work.SPEC, own::incrementAndGet);
        store.open(Work.SPEC, other::incrementAndGet);

        session.submit(alone("a", "b"), 1);

        assertThat(own).hasValue(0);
        assertThat(other).hasValue(1);
    }

    @Test
    void nobodyIsWokenWhenNothingIsLeftToClaim() {
        var other = new AtomicInteger();
        var session = store.open(Work.SPEC, () -> {});
        store.open(Work.SPEC, other::incrementAndGet);

        session.submit(alone("a"), 1);
        session.storeOutcomes(List.of(finished(onlyTask(session), TaskState.SUCCEEDED)));

        assertThat(other).hasValue(0);
    }

    @Test
    void releasedDependentsPromotedAndHandedBackTasksWakeTheOthers() {
        var other = new AtomicInteger();
        var session = store.open(Work.SPEC, () -> {});
        session.submit(line("batch", 2), 0);
        var first = session.claim(1).get(0);
        store.open(Work.SPEC, other::incrementAndGet);

        session.storeOutcomes(List.of(finished(first, TaskState.SUCCEEDED)));
        assertThat(other).hasValue(1);

        var second = session.claim(1).get(0);
        session.handBack(List.of(second.ref()));
        assertThat(other).hasValue(2);

        session.storeOutcomes(List.of(retried(session.claim(1).get(0), Duration.ofSeconds(2))));
        assertThat(other).hasValue(2);
        clock.advance(Duration.ofSeconds(2));
        session.promote();
        assertThat(other).hasValue(3);

        session.claim(1);
        session.close();
        assertThat(other).hasValue(4);
    }

    @Test
    void closedAndDeadRunnersAreNotWoken() {
        var closed = new AtomicInteger();
        var dead = new AtomicInteger();
        store.open(Work.SPEC, closed::incrementAndGet).close();
        store.open(Work.SPEC, dead::incrementAndGet);
        clock.advance(Work.SPEC.lease());
        store.open(Work.SPEC, () -> {}).reap();

        store.submit(alone("a"));

        assertThat(closed).hasValue(0);
        assertThat(dead).hasValue(0);
    }

    @Test
    void storeIsNotLockedWhileARunnerIsWoken() {
        var found = new AtomicInteger();
        store.open(Work.SPEC, () -> {
            var seen = within(() -> store.find(Scope.ALL, id("a")));
            found.set(seen.isPresent() ? 1 : -1);
        });

        store.submit(alone("a"));

        assertThat(found).hasValue(1);
    }

    @Test
    void oneThatFailsToWakeDoesNotKeepOthersAsleep() {
        var other = new AtomicInteger();
        store.open(Work.SPEC, () -> {
            throw new IllegalStateException("asleep");
        });
        store.open(Work.SPEC, other::incrementAndGet);

        store.submit(alone("a"));

        assertThat(other).hasValue(1);
        assertThat(store.find(Scope.ALL, id("a"))).isPresent();
    }

    /** Asks on another thread, to which a lock held by this one would be closed. */
    private <T> T within(Callable<T> question) {
        try {
            return elsewhere.submit(question).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer: the store is locked", e);
        }
    }

    private ClaimedTask onlyTask(RunnerSession session) {
        var ref = session.beat().held().iterator().next();
        var task = store.find(Scope.ALL, ref.id()).orElseThrow();
        return new ClaimedTask(task.row(), task.request(), null, store.now());
    }
}
