package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Time and timers, without work beside them. */
class VirtualClockTest {
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final VirtualClock clock = VirtualClock.startingAt(START);
    private final List<String> fired = new ArrayList<>();

    @Test
    void timeStandsUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(START);

        clock.advance(Duration.ofSeconds(3));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
        assertThat(clock.nanoTime()).isEqualTo(3_000_000_000L);
    }

    @Test
    void timersFireInOrderOfTimeAndThenOfSetting() {
        set(2, "b1");
        set(1, "a");
        set(2, "b2");
        set(4, "late");

        clock.advance(Duration.ofSeconds(3));

        assertThat(fired).containsExactly("a at 1", "b1 at 2", "b2 at 2");
        assertThat(clock.timers()).isEqualTo(1);
    }

    @Test
    void timerDueAtTheTargetFires() {
        set(3, "a");

        clock.advance(Duration.ofSeconds(3));

        assertThat(fired).containsExactly("a at 3");
    }

    @Test
    void timerWithoutDelayWaitsForTheNextAdvance() {
        set(0, "a");
        set(-5, "b");
        assertThat(fired).isEmpty();

        clock.advance(Duration.ZERO);

        assertThat(fired).containsExactly("a at 0", "b at 0");
    }

    @Test
    void cancelledTimerNeverFires() {
        var timer = clock.schedule(Duration.ofSeconds(1), () -> fired.add("a"));
        timer.cancel();
        timer.cancel();

        clock.advance(Duration.ofSeconds(2));

        assertThat(fired).isEmpty();
        assertThat(clock.timers()).isZero();
    }

    @Test
    void timerThatSetsItselfAgainFiresEachPeriod() {
        var beats = new AtomicInteger();
        beat(beats);

        clock.advance(Duration.ofSeconds(1_055));

        assertThat(beats).hasValue(1_055);
    }

    @Test
    void delayBeyondAllTimeIsKeptAndNeverDue() {
        clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> fired.add("never"));

        clock.advance(Duration.ofDays(10_000));

        assertThat(fired).isEmpty();
    }

    @Test
    void exceptionOfATimerReachesWhoMovesTheTime() {
        clock.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void runUntilStopsAtTheTimerThatMadeItSo() {
        set(1, "a");
        set(2, "b");
        set(3, "c");

        clock.runUntil(() -> fired.contains("b at 2"), Duration.ofMinutes(1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(2));
        assertThat(fired).hasSize(2);
    }

    @Test
    void runUntilGivesUpAtItsLimit() {
        var beats = new AtomicInteger();
        beat(beats);

        assertThatThrownBy(() -> clock.runUntil(() -> false, Duration.ofSeconds(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not done after PT10S of virtual time, from 2026-11-01T12:00:00Z; timers still set: 1");
        assertThat(beats).hasValue(10);
    }

    @Test
    void runUntilReturnsTheValueOfAFuture() {
        var future = new CompletableFuture<String>();
        clock.schedule(Duration.ofSeconds(5), () -> future.complete("done"));

        assertThat(clock.runUntil(future, Duration.ofSeconds(5))).isEqualTo("done");
    }

    @Test
    void timerCannotMoveTime() {
        clock.schedule(Duration.ofSeconds(1), () -> clock.advance(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("time cannot be moved by a timer's action or by tracked work");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time must not go back: PT-1S");
    }

    private void set(int seconds, String name) {
        clock.schedule(
                Duration.ofSeconds(seconds),
                () -> fired.add(
                        name + " at " + Duration.between(START, clock.instant()).toSeconds()));
    }

    private void beat(AtomicInteger beats) {
        clock.schedule(Duration.ofSeconds(1), () -> {
            beats.incrementAndGet();
            beat(beats);
        });
    }
}
