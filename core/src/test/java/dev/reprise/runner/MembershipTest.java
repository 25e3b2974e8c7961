package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.event.Health;
import dev.reprise.identity.GenerationId;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.store.ReapReport;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Incarnations begin when the one before was declared dead, and each is closed once nothing of it is left. */
class MembershipTest {

    private final List<RecordingSession> opened = new ArrayList<>();
    private final InFlight inFlight = new InFlight(10);
    private final Troubles troubles = new Troubles();
    private int woken;
    private long nanos;
    private final List<GenerationId> failed = new ArrayList<>();
    private final Membership membership = new Membership(
            store(),
            new EngineSettings(
                    "test",
                    10,
                    RetrySchedule.DEFAULT,
                    Diversity.off(),
                    Guard.none(),
                    new EngineSettings.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO),
                    EngineSettings.Pace.DEFAULT),
            inFlight,
            troubles,
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
            () -> woken++,
            failed::addAll);

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
        membership.beat();
    }

    @Test
    void runnerThatWasDeclaredDeadCutsItsCallsOffAndStartsOver() {
        var claim = opened.get(0).claim("task");
        inFlight.add(claim);

        declareDead();

        assertThat(claim.call().reason()).isEqualTo(ActiveCall.Cut.LOST);
        assertThat(membership.session()).isSameAs(opened.get(1));
        assertThat(woken).isEqualTo(1);
        membership.beat();
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

        membership.leave();

        assertThat(opened).extracting(session -> session.closed).containsExactly(1, 1);
    }

    @Test
    void beatThatComesAfterLeavingDoesNotComeBack() {
        membership.leave();
        opened.get(0).alive = false;

        membership.beat();

        assertThat(opened).hasSize(1);
    }

    @Test
    void claimMadeDuringABeatIsNotTakenForLost() {
        var session = opened.get(0);
        var claim = session.claim("task");
        session.duringBeat = () -> inFlight.add(claim);

        membership.beat();

        assertThat(claim.call().reason()).isNull();
    }

    @Test
    void problemMakesItDegraded() {
        assertThat(membership.health(0, false).status()).isEqualTo(Health.Status.UP);

        troubles.failed("something", new IllegalStateException("no"));

        assertThat(membership.health(0, false).status()).isEqualTo(Health.Status.DEGRADED);
    }

    @Test
    void silenceOfHalfALeaseMakesItDegradedUntilTheNextBeat() {
        nanos = Duration.ofSeconds(15).toNanos() - 1;
        assertThat(membership.health(0, false).status()).isEqualTo(Health.Status.UP);

        nanos++;
        assertThat(membership.mayCall()).isFalse();
        assertThat(membership.health(0, false).status()).isEqualTo(Health.Status.DEGRADED);

        membership.beat();
        assertThat(membership.health(0, false).status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void tasksThatFailedWithTheirRunnersAreTold() {
        opened.get(0).found = new ReapReport(List.of(), List.of(), List.of(new GenerationId("task")));

        membership.reap();

        assertThat(failed).containsExactly(new GenerationId("task"));
        assertThat(woken).isZero();
    }
}
