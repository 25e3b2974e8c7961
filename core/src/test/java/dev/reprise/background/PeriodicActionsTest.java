package dev.reprise.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What is done over and over goes on whatever is thrown, or is known to stand still. */
class PeriodicActionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime();
    private final PeriodicActions actions = new PeriodicActions(time, new Random(1));
    private int runs;
    private int failures;

    @Test
    void actionThatThrowsAnythingIsRunAgain() {
        actions.every(() -> SECOND, Runnable::run, () -> {
            runs++;
            throw new OutOfMemoryError("test");
        });

        for (int i = 1; i <= 5; i++) {
            time.pass();
            assertThat(runs).isEqualTo(i);
        }
        assertThat(actions.standStill()).isFalse();
    }

    @Test
    void actionGoesOnOnceThereIsAThreadForItAgain() {
        Executor threads = action -> {
            if (failures++ < 3) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            action.run();
        };
        actions.every(() -> SECOND, threads, () -> runs++);

        for (int i = 0; i < 5; i++) {
            time.pass();
        }

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void actionGoesOnOnceThereIsATimerForItAgain() {
        actions.every(() -> SECOND, Runnable::run, () -> {
            runs++;
            time.failing = 3;
        });

        time.pass();
        time.pass();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void actionThatHangsIsKnownToStandStill() {
        actions.every(() -> SECOND, action -> {}, () -> runs++);
        time.pass();

        time.nanos += Duration.ofSeconds(50).toNanos();
        assertThat(actions.standStill()).isFalse();
        time.nanos += Duration.ofSeconds(20).toNanos();
        assertThat(actions.standStill()).isTrue();

        actions.stop();
        assertThat(actions.standStill()).isFalse();
    }

    /** Time that passes from timer to timer. */
    private static final class ManualTime implements TimeSource {

        private final Deque<Runnable> timers = new ArrayDeque<>();
        private long nanos;
        private int failing;

        void pass() {
            nanos += SECOND.toNanos();
            try {
                timers.removeFirst().run();
            } catch (OutOfMemoryError e) {
                assertThat(e).hasMessage("test");
            }
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public Timer schedule(Duration delay, Runnable action) {
            if (failing-- > 0) {
                throw new OutOfMemoryError("no timer");
            }
            timers.addLast(action);
            return () -> timers.remove(action);
        }
    }
}
