package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runner's life: its incarnation, its beat, what it holds, its close. */
public abstract class RunnerSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected RunnerSuite() {}

    @Test
    void everySessionIsAnIncarnationOfItsOwn() {
        var one = runner();
        var two = runner();
        var other = runner(subject.openSecond());

        assertThat(List.of(one.id(), two.id(), other.id())).doesNotHaveDuplicates();
        assertThat(one.id()).isEqualTo(one.id());
        assertThat(one.reapInterval()).isPositive();
    }

    @Test
    void beatTellsWhatTheRunnerHolds() {
        var runner = runner();
        var other = runner(subject.openSecond());
        assertThat(runner.beat().alive()).isTrue();
        assertThat(runner.beat().held()).isEmpty();
        var a = submitAndClaim(runner, task("a")).ref();
        var b = submitAndClaim(runner, task("b")).ref();
        var c = submitAndClaim(runner, task("c")).ref();
        var d = submitAndClaim(other, task("d")).ref();
        assertThat(runner.beat().held()).containsExactlyInAnyOrder(a, b, c);

        storeAll(runner, succeeded(a));
        store.cancel(Scope.ALL, id("b"));

        assertThat(runner.beat().held()).containsExactly(c);
        store.delete(Scope.ALL, id("c"));
        assertThat(runner.beat().held()).isEmpty();
        assertThat(other.beat().held()).containsExactly(d);
    }

    @Test
    void runnerThatBeatsIsNeverTakenForDead() {
        var one = runner();
        var two = runner(subject.openSecond());
        submitAndClaim(one, task("a"));

        for (int i = 0; i < 20; i++) {
            subject.advance(LEASE.minusSeconds(5));
            assertThat(one.beat().alive()).isTrue();
            assertThat(two.beat().alive()).isTrue();
            assertThat(two.reap()).isEqualTo(ReapReport.NOTHING);
            assertThat(one.reap()).isEqualTo(ReapReport.NOTHING);
        }

        assertThat(state("a")).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void deadRunnerLearnsItAtItsBeatAndClaimsNothing() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submitAndClaim(dead, task("a"));
        dieAndReap(dead, observer);
        submit(task("b"));

        assertThat(dead.beat().alive()).isFalse();
        assertThat(dead.beat().held()).isEmpty();
        assertThat(dead.claim(10)).isEmpty();
        assertThat(states("a", "b")).containsOnly(TaskState.READY);
        assertThat(dead.beat().alive()).as("it does not come back to life").isFalse();
    }

    @Test
    void deadRunnerStoresASubmissionAndClaimsNoneOfIt() {
        var dead = runner();
        dieAndReap(dead, runner(subject.openSecond()));

        var stored = stored(dead.submit(alone(task("a")), 1));

        assertThat(stored.claimed()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void deadRunnersProcessGoesOnAsAnotherIncarnation() {
        var dead = runner();
        dieAndReap(dead, runner(subject.openSecond()));
        submit(task("a"));

        var next = runner();

        assertThat(next.id()).isNotEqualTo(dead.id());
        assertThat(claimOnly(next).row().status().runner()).isEqualTo(next.id());
    }

    @Test
    void closedRunnersTasksAreTakenWithoutWaitingForItsLease() {
        var closing = runner();
        submitAndClaim(closing, task("a"));

        closing.close();
        var observer = runner(subject.openSecond());
        observer.reap();

        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(row("a").counters().crashes()).isEqualTo(1);
        assertThat(onlyAttempt("a").outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
        assertThat(claimOnly(observer).row().status().epoch()).isEqualTo(2);
    }

    @Test
    void closedRunnerClaimsNothingAndMayBeClosedAgain() {
        var runner = runner();
        submit(task("a"));
        runner.close();
        runner.close();

        assertThat(runner.claim(1)).isEmpty();
        assertThat(runner.beat().alive()).isFalse();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void closingWithNothingInHandCrashesNothing() {
        var runner = runner();
        var done = submitAndClaim(runner, task("done"));
        storeAll(runner, succeeded(done.ref()));
        var back = submitAndClaim(runner, task("back"));
        runner.handBack(List.of(back.ref()));
        var before = List.of(read("done"), read("back"));

        runner.close();
        runner(subject.openSecond()).reap();
        subject.advance(Duration.ofMinutes(5));

        assertThat(List.of(read("done"), read("back"))).isEqualTo(before);
    }
}
