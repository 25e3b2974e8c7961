package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Taking tasks from the dead: unknown attempts, counted crashes, a cap, and one observer that wins. */
public abstract class ReapSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected ReapSuite() {}

    @Test
    void expiredLeaseIsTakenByAnotherRunner() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        var claimed = submitAndClaim(dead, task("a"));
        assertThat(observer.reap()).isEqualTo(ReapReport.NOTHING);

        var report = dieAndReap(dead, observer);

        assertThat(report.dead()).containsExactly(dead.id());
        assertThat(names(report.resumed().stream())).containsExactly("a");
        assertThat(report.ends()).isEmpty();
        assertThat(row("a").status()).isEqualTo(new TaskStatus(TaskState.READY, null, null, 1, 1, null));
        assertThat(row("a").counters()).isEqualTo(new Counters(1, 0, 1, 0, 0));
        assertThat(onlyAttempt("a"))
                .returns(1, AttemptRow::run)
                .returns(1L, AttemptRow::epoch)
                .returns(1, AttemptRow::number)
                .returns(AttemptOutcome.UNKNOWN, AttemptRow::outcome)
                .returns(claimed.row().times().claimedAt(), AttemptRow::startedAt)
                .returns(Usage.NONE, AttemptRow::usage)
                .returns(null, AttemptRow::delay);
        assertThat(claimOnly(observer).row())
                .satisfies(row -> assertThat(row.status().epoch()).isEqualTo(2))
                .satisfies(row -> assertThat(row.counters()).isEqualTo(new Counters(2, 0, 1, 0, 0)));
    }

    @Test
    void deadAreFoundOnce() {
        var dead = runner();
        var one = runner();
        var two = runner(subject.openSecond());
        submitAndClaim(dead, task("a"));
        die(dead, one, two);

        assertThat(one.reap().dead()).containsExactly(dead.id());
        assertThat(two.reap()).isEqualTo(ReapReport.NOTHING);
        assertThat(one.reap()).isEqualTo(ReapReport.NOTHING);
        assertThat(row("a").counters().crashes()).isEqualTo(1);
    }

    @Test
    void ofObserversThatLookAtOnceOneWins() {
        for (int round = 0; round < 5; round++) {
            var dead = runner();
            var one = runner();
            var two = runner(subject.openSecond());
            submit(many("r" + round + "-", 20));
            assertThat(dead.claim(20)).hasSize(20);
            die(dead, one, two);

            var reports = Together.call(List.<Callable<ReapReport>>of(one::reap, two::reap, one::reap, two::reap));

            assertThat(reports.stream().map(ReapReport::dead).flatMap(Collection::stream))
                    .containsExactly(dead.id());
            assertThat(reports.stream().map(ReapReport::resumed).flatMap(Collection::stream))
                    .hasSize(20)
                    .doesNotHaveDuplicates();
            assertThat(row("r" + round + "-0007").counters().crashes()).isEqualTo(1);
            assertThat(one.claim(100)).hasSize(20).allSatisfy(task -> storeAll(one, succeeded(task.ref())));
            one.close();
            two.close();
        }
    }

    @Test
    void tasksOfTheLivingAndTasksThatRanNotAreLeftAlone() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submitAndClaim(observer, task("living"));
        var done = submitAndClaim(dead, task("done"));
        storeAll(dead, succeeded(done.ref()));
        storeAll(dead, retry(submitAndClaim(dead, task("waiting")).ref(), Duration.ofDays(1)));
        dead.handBack(List.of(submitAndClaim(dead, task("back")).ref()));
        var before = List.of(read("living"), read("done"), read("waiting"), read("back"));

        var report = dieAndReap(dead, observer);

        assertThat(report.resumed()).isEmpty();
        assertThat(List.of(read("living"), read("done"), read("waiting"), read("back")))
                .isEqualTo(before);
    }

    @Test
    void taskFailsWhenAsManyRunnersAsMayHaveDiedOnIt() {
        var observer = runner(subject.openSecond());
        submit(task("poison"));
        for (int crash = 1; crash <= CRASH_CAP; crash++) {
            var dead = runner();
            claimOnly(dead);
            var report = dieAndReap(dead, observer);
            assertThat(report.ends()).hasSize(crash == CRASH_CAP ? 1 : 0);
            assertThat(report.resumed()).hasSize(crash == CRASH_CAP ? 0 : 1);
        }

        assertThat(row("poison").status())
                .isEqualTo(new TaskStatus(
                        TaskState.FAILED, Reason.CRASHED.plain(), Reason.CRASHED.failure(), 1, CRASH_CAP, null));
        assertThat(row("poison").counters()).isEqualTo(new Counters(CRASH_CAP, 0, CRASH_CAP, 0, 0));
        assertThat(row("poison").times().finishedAt()).isNotNull();
        assertThat(read("poison").attempts())
                .hasSize(CRASH_CAP)
                .allSatisfy(attempt -> assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.UNKNOWN));
        assertThat(observer.claim(1)).isEmpty();
    }

    @Test
    void taskThatMustNotBeSentAgainFailsWithItsRunner() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submitAndClaim(dead, task("once").failsOnCrash());

        var report = dieAndReap(dead, observer);

        assertThat(report.ends()).containsExactly(Ends.failed("once", Reason.CRASHED));
        assertThat(report.resumed()).isEmpty();
        assertThat(row("once").status())
                .isEqualTo(
                        new TaskStatus(TaskState.FAILED, Reason.CRASHED.plain(), Reason.CRASHED.failure(), 1, 1, null));
        assertThat(onlyAttempt("once").outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
    }

    @Test
    void severalDeadAreFoundInOneLook() {
        var dead = List.of(runner(), runner(), runner());
        var observer = runner(subject.openSecond());
        submit(many("t", 9));
        dead.forEach(runner -> assertThat(runner.claim(3)).hasSize(3));
        dead.forEach(subject::abandon);
        die(dead.get(0), observer);

        var report = observer.reap();

        assertThat(report.dead())
                .containsExactlyInAnyOrderElementsOf(
                        dead.stream().map(RunnerSession::id).toList());
        assertThat(report.resumed()).hasSize(9);
        assertThat(observer.claim(20)).hasSize(9);
    }

    @Test
    void crashIsNoFailureOfTheSchedule() {
        var one = runner();
        var observer = runner(subject.openSecond());
        var ref = submitAndClaim(one, task("a")).ref();
        storeAll(one, retry(ref, Duration.ZERO));
        claimOnly(one);
        dieAndReap(one, observer);

        storeAll(observer, succeeded(claimOnly(observer).ref()));

        assertThat(row("a").counters()).isEqualTo(new Counters(3, 1, 1, 0, 0));
        assertThat(read("a").attempts())
                .extracting(AttemptRow::outcome)
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.UNKNOWN, AttemptOutcome.SUCCEEDED);
    }

    @Test
    void runnerThatWasSilentForLongDoesNotReapItself() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        subject.advance(LEASE.multipliedBy(4));

        assertThat(runner.reap()).isEqualTo(ReapReport.NOTHING);
        assertThat(row("a")).isEqualTo(claimed.row());
    }

    @Test
    void manyTasksOfADeadRunnerAreTaken() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(many("t", 250));
        assertThat(dead.claim(250)).hasSize(250);

        assertThat(dieAndReap(dead, observer).resumed()).hasSize(250);

        assertThat(observer.claim(250).stream().map(ClaimedTask::ref).map(TaskRef::epoch))
                .hasSize(250)
                .containsOnly(2L);
    }
}
