package dev.reprise.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An action that never runs twice at once, and always runs after it was asked for. */
class SingleFlightTest {

    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void requestRunsTheActionOnTheExecutor() {
        var flight = new SingleFlight(queued::add, runs::incrementAndGet);

        flight.request();
        assertThat(runs).hasValue(0);

        runQueued();
        assertThat(runs).hasValue(1);
    }

    @Test
    void requestsBeforeTheActionBeginsAreOneRun() {
        var flight = new SingleFlight(queued::add, runs::incrementAndGet);

        for (int i = 0; i < 100; i++) {
            flight.request();
        }
        assertThat(queued).hasSize(1);
        runQueued();

        assertThat(runs).hasValue(1);
    }

    @Test
    void requestsDuringARunAreOneMoreRun() {
        var self = new SingleFlight[1];
        self[0] = new SingleFlight(queued::add, () -> {
            if (runs.incrementAndGet() == 1) {
                self[0].request();
                self[0].request();
                self[0].request();
            }
        });

        self[0].request();
        runQueued();

        assertThat(runs).hasValue(2);
    }

    @Test
    void requestDuringARepeatedRunStartsNoRunBesideIt() {
        var self = new SingleFlight[1];
        self[0] = new SingleFlight(queued::add, () -> {
            if (runs.incrementAndGet() <= 2) {
                self[0].request();
                assertThat(queued).isEmpty();
            }
        });

        self[0].request();
        runQueued();

        assertThat(runs).hasValue(3);
    }

    @Test
    void requestAfterARunRunsTheActionAgain() {
        var flight = new SingleFlight(queued::add, runs::incrementAndGet);
        for (int i = 1; i <= 3; i++) {
            flight.request();
            runQueued();
            assertThat(runs).hasValue(i);
        }
    }

    @Test
    void actionThatThrowsIsRunAgainWhenAskedFor() {
        var flight = new SingleFlight(queued::add, () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
        });

        flight.request();
        assertThatThrownBy(this::runQueued).hasMessage("broken");
        flight.request();
        runQueued();

        assertThat(runs).hasValue(2);
    }

    @Test
    void requestDuringARunThatThrowsIsNotForgotten() {
        var self = new SingleFlight[1];
        self[0] = new SingleFlight(queued::add, () -> {
            if (runs.incrementAndGet() == 1) {
                self[0].request();
                throw new AssertionError("broken");
            }
        });

        self[0].request();
        assertThatThrownBy(this::runQueued).hasMessage("broken");
        runQueued();

        assertThat(runs).hasValue(2);
    }

    @Test
    void requestThatTheExecutorRejectsDoesNotBlockLaterOnes() {
        var full = new AtomicBoolean(true);
        var flight = new SingleFlight(
                action -> {
                    if (full.get()) {
                        throw new RejectedExecutionException("full");
                    }
                    queued.add(action);
                },
                runs::incrementAndGet);

        assertThatThrownBy(flight::request).isInstanceOf(RejectedExecutionException.class);
        full.set(false);
        flight.request();
        runQueued();

        assertThat(runs).hasValue(1);
    }

    @Test
    void actionNeverRunsTwiceAtOnceAndSeesTheLatestRequest() throws InterruptedException {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var asked = new AtomicInteger();
            var seen = new AtomicInteger();
            var running = new AtomicInteger();
            var overlapped = new AtomicBoolean();
            var flight = new SingleFlight(threads, () -> {
                overlapped.compareAndSet(false, running.incrementAndGet() != 1);
                seen.set(asked.get());
                running.decrementAndGet();
            });
            List<Thread> askers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                var asker = new Thread(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        asked.incrementAndGet();
                        flight.request();
                    }
                });
                asker.start();
                askers.add(asker);
            }
            for (Thread asker : askers) {
                asker.join();
            }

            await().untilAsserted(() -> assertThat(seen).hasValue(20_000));
            assertThat(overlapped).isFalse();
        } finally {
            threads.shutdown();
        }
    }

    private void runQueued() {
        for (var action = queued.poll(); action != null; action = queued.poll()) {
            action.run();
        }
    }
}
