package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.attempt.CallSettings;
import dev.reprise.attempt.CancelReason;
import dev.reprise.background.Problems;
import dev.reprise.event.Health;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Reason;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incarnations begin when the one before was declared dead, and each is closed once nothing of it is left. */
class HeartbeatTest {

    private final List<RecordingSession> opened = new ArrayList<>();
    private final InFlight inFlight = new InFlight(10);
    private final Problems problems = new Problems();
    private int woken;
    private long nanos;
    private final List<TaskEnd> ended = new ArrayList<>();
    private final Heartbeat heartbeat = new Heartbeat(
            store(),
            new EngineSettings(
                    "test",
                    10,
                    RetrySchedule.DEFAULT,
                    Duration.ofDays(1),
                    new CallSettings(Diversity.off(), Guard.none(), Duration.ofMinutes(1), Duration.ofMinutes(1)),
                    Duration.ZERO,
                    EngineSettings.Pace.DEFAULT),
            inFlight,
            problems,
            new TimeSource() {
                @Override
                public long nanoTime() {
                    return nanos;
                }

                @Override
                public Instant instant() {
                    return Instant.EPOCH;
                }

                @Override
                public Timer schedule(Duration delay, Runnable action) {
                    throw new AssertionError("no timer is needed here");
                }
            },
            () -> woken++);
    private final Reaper reaper = new Reaper(heartbeat, problems, () -> woken++, ended::addAll);

    private TaskStore store() {
        return (TaskStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    var session = new RecordingSession("runner-" + opened.size());
                    opened.add(session);
                    return session;
                });
    }

    private void declareDead() {
        opened.get(opened.size() - 1).alive = false;
        heartbeat.beat();
    }

    @Test
    void runnerThatWasDeclaredDeadCutsItsCallsOffAndStartsOver() {
        var claim = opened.get(0).claim("task");
        inFlight.add(claim);

        declareDead();

        assertThat(claim.call().reason()).isEqualTo(CancelReason.LOST);
        assertThat(heartbeat.session()).isSameAs(opened.get(1));
        assertThat(woken).isEqualTo(1);
        heartbeat.beat();
        assertThat(opened).hasSize(2);
    }

    @Test
    void deadIncarnationIsClosedOnceNothingOfItIsLeft() {
        var claim = opened.get(0).claim("task");
        inFlight.add(claim);
        declareDead();
        declareDead();
        assertThat(opened.get(0).closed).isZero();

        inFlight.remove(claim);
        declareDead();

        assertThat(opened).extracting(session -> session.closed).containsExactly(1, 1, 0, 0);
    }

    @Test
    void leavingClosesAllIncarnations() {
        declareDead();
        inFlight.add(opened.get(0).claim("task"));

        heartbeat.leave();

        assertThat(opened).extracting(session -> session.closed).containsExactly(1, 1);
    }

    @Test
    void beatThatComesAfterLeavingDoesNotComeBack() {
        heartbeat.leave();
        opened.get(0).alive = false;

        heartbeat.beat();

        assertThat(opened).hasSize(1);
    }

    @Test
    void claimMadeDuringABeatIsNotTakenForLost() {
        var session = opened.get(0);
        var claim = session.claim("task");
        session.duringBeat = () -> inFlight.add(claim);

        heartbeat.beat();

        assertThat(claim.call().reason()).isNull();
    }

    @Test
    void problemMakesItDegraded() {
        assertThat(heartbeat.health(0, false, 0).status()).isEqualTo(Health.Status.UP);

        problems.failed("something", new IllegalStateException("no"));

        assertThat(heartbeat.health(0, false, 0).status()).isEqualTo(Health.Status.DEGRADED);
    }

    @Test
    void silenceOfHalfALeaseMakesItDegradedUntilTheNextBeat() {
        nanos = Duration.ofSeconds(15).toNanos() - 1;
        assertThat(heartbeat.health(0, false, 0).status()).isEqualTo(Health.Status.UP);

        nanos++;
        assertThat(heartbeat.mayCall()).isFalse();
        assertThat(heartbeat.health(0, false, 0).status()).isEqualTo(Health.Status.DEGRADED);

        heartbeat.beat();
        assertThat(heartbeat.health(0, false, 0).status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void tasksThatFailedWithTheirRunnersAreTold() {
        var end = new TaskEnd(
                new GenerationId("task"),
                Owner.NONE,
                null,
                1,
                TaskState.FAILED,
                Reason.CRASHED.plain(),
                Reason.CRASHED.failure());
        opened.get(0).found = new ReapReport(List.of(), List.of(), List.of(end));

        reaper.run();

        assertThat(ended).containsExactly(end);
        assertThat(woken).isZero();
    }
}
