package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work under way, which time waits for, and work that sleeps, which it does not wait for. */
@Timeout(20)
class VirtualClockWorkTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final VirtualClock clock = VirtualClock.startingAt(START);
    private final Executor executor = clock.tracking(threads);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void advanceReturnsWhenTheWorkOfItsTimersIsDone() {
        clock.schedule(Duration.ofSeconds(1), () -> executor.execute(() -> executor.execute(() -> seen.add("done"))));

        clock.advance(Duration.ofSeconds(1));

        assertThat(seen).containsExactly("done");
    }

    @Test
    void timeStandsWhileWorkIsUnderWay() throws InterruptedException {
        var go = new CountDownLatch(1);
        executor.execute(() -> {
            blocking(go::await);
            seen.add("first at " + seconds());
            clock.schedule(Duration.ofSeconds(2), () -> seen.add("its timer at " + seconds()));
        });
        clock.schedule(Duration.ofSeconds(1), () -> seen.add("timer at " + seconds()));
        var mover = new Thread(() -> clock.advance(Duration.ofSeconds(5)));
        mover.start();
        while (mover.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        go.countDown();
        mover.join();

        assertThat(seen).containsExactly("first at 0", "timer at 1", "its timer at 2");
    }

    @Test
    void sleepingWorkWakesAtItsTimeInOrder() {
        for (int i = 5; i >= 1; i--) {
            int duration = i;
            executor.execute(() -> {
                blocking(() -> clock.sleep(Duration.ofSeconds(duration)));
                seen.add(duration + " at " + seconds());
            });
        }

        clock.advance(Duration.ofSeconds(4));

        assertThat(seen).containsExactly("1 at 1", "2 at 2", "3 at 3", "4 at 4");
    }

    @Test
    void wokenWorkIsUnderWayBeforeTimeMovesOn() {
        for (int i = 0; i < 500; i++) {
            executor.execute(() -> {
                blocking(() -> clock.sleep(Duration.ofMillis(10)));
                blocking(() -> clock.sleep(Duration.ofMillis(10)));
                seen.add(clock.instant().toString());
            });
        }

        clock.advance(Duration.ofSeconds(1));

        assertThat(seen).hasSize(500).containsOnly(START.plusMillis(20).toString());
    }

    @Test
    void interruptedSleepEndsAndLeavesNoTimer() {
        var sleeper = new AtomicReference<Thread>();
        executor.execute(() -> {
            sleeper.set(Thread.currentThread());
            try {
                clock.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                seen.add("interrupted at " + seconds());
            }
        });
        clock.advance(Duration.ofSeconds(1));

        sleeper.get().interrupt();
        while (seen.isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(seen).containsExactly("interrupted at 1");
        assertThat(clock.timers()).isZero();
    }

    @Test
    void twoThousandPeriodsOfWorkTakeLittleRealTime() {
        var done = new AtomicInteger();
        every(Duration.ofSeconds(1), done);
        every(Duration.ofSeconds(1), done);
        long began = System.nanoTime();

        clock.advance(Duration.ofSeconds(1_055));

        assertThat(done).hasValue(2 * 1_055);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void workThatNeverRestsIsNamed() {
        var impatient = VirtualClock.startingAt(START, Duration.ofMillis(50));
        var never = new CountDownLatch(1);
        impatient.tracking(threads).execute(() -> {
            Thread.currentThread().setName("stuck-worker");
            blocking(never::await);
        });

        assertThatThrownBy(() -> impatient.advance(Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "tracked work does not come to rest within PT0.05S of real time; under way: \n  stuck-worker ")
                .hasMessageContaining("CountDownLatch.await");
        never.countDown();
    }

    @Test
    void workThatNoThreadTakesIsNamed() {
        var impatient = VirtualClock.startingAt(START, Duration.ofMillis(50));
        impatient.tracking(task -> {}).execute(new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "the poll";
            }
        });

        assertThatThrownBy(() -> impatient.advance(Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("no thread of the executor has taken it: the poll");
    }

    @Test
    void rejectedWorkIsNotUnderWay() {
        var full = clock.tracking(task -> {
            throw new RejectedExecutionException("full");
        });

        assertThatThrownBy(() -> full.execute(() -> {})).hasMessage("full");
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void workThatThrowsIsOver() {
        var quiet = clock.tracking(task -> {
            try {
                task.run();
            } catch (IllegalStateException e) {
                seen.add(e.getMessage());
            }
        });
        quiet.execute(() -> {
            throw new IllegalStateException("broken");
        });

        clock.advance(Duration.ofSeconds(1));

        assertThat(seen).containsExactly("broken");
    }

    @Test
    void workInTheCallersThreadSleepsAsPartOfIt() {
        var sameThread = clock.tracking(Runnable::run);
        executor.execute(() -> sameThread.execute(() -> {
            blocking(() -> clock.sleep(Duration.ofSeconds(1)));
            seen.add("woke at " + seconds());
        }));

        clock.advance(Duration.ofSeconds(2));

        assertThat(seen).containsExactly("woke at 1");
    }

    @Test
    void timersActionCannotSleep() {
        clock.schedule(Duration.ofSeconds(1), () -> blocking(() -> clock.sleep(Duration.ofSeconds(1))));

        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a timer's action must not sleep: it would wait for itself");
    }

    private void every(Duration period, AtomicInteger done) {
        clock.schedule(
                period,
                () -> executor.execute(() -> {
                    done.incrementAndGet();
                    every(period, done);
                }));
    }

    private long seconds() {
        return Duration.between(START, clock.instant()).toSeconds();
    }

    private static void blocking(Blocking action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Blocking {
        void run() throws InterruptedException;
    }
}
