package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Promotion;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deadlines that come while nobody has the task: told of with the schedule, ended by any runner. */
public abstract class DeadlineSuite extends StoreSuite {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);

    /** For a suite with a subclass. */
    protected DeadlineSuite() {}

    private void assertExpired(String name) {
        var row = row(name);
        assertThat(row.state()).isEqualTo(TaskState.FAILED);
        assertThat(row.status().reason()).isEqualTo(Reason.DEADLINE.plain());
        assertThat(row.status().runner()).isNull();
        assertThat(row.times().finishedAt()).isNotNull();
        assertThat(row.times().dueAt()).isNull();
        assertThat(read(name).result()).isNull();
    }

    @Test
    void readyTaskFailsAtItsDeadlineAndNotBefore() {
        var runner = runner();
        submit(task("a").deadline(TEN_MINUTES));

        pass(runner, Duration.ofMinutes(9));
        var early = runner.promote();
        assertThat(runner.expire()).isEmpty();
        assertThat(early.untilDeadline()).isNotNull().isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(state("a")).isEqualTo(TaskState.READY);

        pass(runner, Duration.ofMinutes(1));
        assertThat(runner.promote()).isEqualTo(new Promotion(0, null, Duration.ZERO));
        assertThat(endNames(runner.expire())).containsExactly("a");
        assertThat(runner.promote()).isEqualTo(new Promotion(0, null, null));
        assertExpired("a");
        assertThat(read("a").attempts()).isEmpty();
        assertThat(runner.claim(10)).isEmpty();
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.FAILED, 1L));
        assertThat(runner.expire()).as("once").isEmpty();
    }

    @Test
    void taskWithoutDeadlineWaitsForEver() {
        var runner = runner();
        submit(task("a"));

        pass(runner, Duration.ofDays(400));

        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void scheduledTaskFailsBeforeItIsDue() {
        var runner = runner();
        submit(task("a").startIn(HOUR).deadline(TEN_MINUTES));
        assertThat(runner.promote().untilDeadline()).isBetween(Duration.ofMinutes(9), TEN_MINUTES);

        pass(runner, TEN_MINUTES);

        assertThat(endNames(runner.expire())).containsExactly("a");
        assertExpired("a");
    }

    @Test
    void whatIsDueAfterItsDeadlineIsNotPromoted() {
        var runner = runner();
        submit(task("a").startIn(Duration.ofMinutes(5)).deadline(TEN_MINUTES));
        submit(task("b").startIn(Duration.ofMinutes(5)));

        pass(runner, TEN_MINUTES);

        assertThat(runner.promote().promoted()).isEqualTo(1);
        assertThat(state("a")).isEqualTo(TaskState.SCHEDULED);
        assertThat(endNames(runner.expire())).containsExactly("a");
        assertExpired("a");
        assertThat(claimedNames(runner.claim(10))).containsExactly("b");
    }

    @Test
    void parkedTaskFails() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a").deadline(TEN_MINUTES));
        storeAll(runner, parked(claimed.ref(), Reason.UNKNOWN_PROVIDER.of("fake")));

        pass(runner, TEN_MINUTES);

        assertThat(endNames(runner.expire())).containsExactly("a");
        assertExpired("a");
    }

    @Test
    void runningTasksDeadlineIsItsRunners() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a").deadline(TEN_MINUTES));

        pass(runner, HOUR);

        assertThat(runner.promote().untilDeadline()).isNull();
        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.RUNNING);
        storeAll(runner, succeeded(claimed.ref()));
        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whatADeadRunnerLeavesFailsIfItIsTooLate() {
        var one = runner();
        var two = runner(subject.openSecond());
        submitAndClaim(one, task("a").deadline(Duration.ofSeconds(40)));

        dieAndReap(one, two);
        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(endNames(two.expire())).containsExactly("a");

        assertExpired("a");
        assertThat(onlyAttempt("a").outcome()).isEqualTo(AttemptOutcome.UNKNOWN);
    }

    @Test
    void attemptsAndCountersStay() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a").deadline(TEN_MINUTES));
        storeAll(runner, retry(claimed.ref(), HOUR));

        pass(runner, TEN_MINUTES);
        runner.expire();

        assertExpired("a");
        assertThat(row("a").counters().failures()).isEqualTo(1);
        assertThat(onlyAttempt("a")).returns(AttemptOutcome.FAILED, AttemptRow::outcome);
    }

    @Test
    void whatDependsOnItIsSkipped() {
        var runner = runner();
        submit(batch(
                "plan",
                task("a").deadline(TEN_MINUTES),
                task("b").dependsOn("a"),
                task("c").dependsOn("b")));

        pass(runner, TEN_MINUTES);
        runner.expire();

        assertExpired("a");
        assertThat(states("b", "c")).containsOnly(TaskState.SKIPPED);
        assertThat(row("b").status().reason()).isEqualTo(Reason.DEPENDENCY.plain());
    }

    @Test
    void taskThatWaitsForAnotherFailsAndStaysSo() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b").dependsOn("a").deadline(TEN_MINUTES)));
        var a = claimOnly(runner);

        pass(runner, TEN_MINUTES);
        assertThat(endNames(runner.expire())).containsExactly("b");
        storeAll(runner, succeeded(a.ref()));

        assertExpired("b");
    }

    @Test
    void placeInALimitedBatchGoesToTheNext() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a").deadline(TEN_MINUTES), task("b"), task("c")));

        pass(runner, TEN_MINUTES);
        assertThat(endNames(runner.expire())).containsExactly("a");

        assertThat(states("b", "c")).containsExactly(TaskState.READY, TaskState.HELD);
    }

    @Test
    void heldTaskFailsAndTakesNoPlace() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a"), task("b").deadline(TEN_MINUTES), task("c")));
        var a = claimOnly(runner);

        pass(runner, TEN_MINUTES);
        assertThat(endNames(runner.expire())).containsExactly("b");
        assertExpired("b");
        assertThat(state("c")).isEqualTo(TaskState.HELD);

        storeAll(runner, succeeded(a.ref()));
        assertThat(state("c")).isEqualTo(TaskState.READY);
    }

    @Test
    void batchThatStopsOnAFailureStops() {
        var runner = runner();
        submit(batch(
                Draft.OWNER,
                new NewBatch(new BatchId("batch-1"), null, null, true),
                task("a").deadline(TEN_MINUTES),
                task("b")));

        pass(runner, TEN_MINUTES);
        runner.expire();

        assertExpired("a");
        assertThat(state("b")).isEqualTo(TaskState.SKIPPED);
        assertThat(row("b").status().reason()).isEqualTo(Reason.STOPPED.plain());
    }

    @Test
    void manyExpireInAFewCalls() {
        var runner = runner();
        var drafts = many("t", 1_200);
        for (int i = 0; i < drafts.length; i++) {
            drafts[i].deadline(i < 1_100 ? TEN_MINUTES : HOUR);
        }
        for (int from = 0; from < drafts.length; from += 400) {
            submit(Arrays.copyOfRange(drafts, from, from + 400));
        }

        pass(runner, TEN_MINUTES);
        List<GenerationId> all = new ArrayList<>();
        for (var some = runner.expire(); !some.isEmpty(); some = runner.expire()) {
            some.forEach(end -> all.add(end.id()));
        }

        assertThat(all).hasSize(1_100).doesNotHaveDuplicates();
        assertThat(runner.promote().untilDeadline()).isBetween(Duration.ofMinutes(49), Duration.ofMinutes(50));
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.FAILED, 1_100L, TaskState.READY, 100L));
    }

    @Test
    void untilDeadlineIsTheSoonestOfThoseThatWait() {
        var runner = runner();
        submit(task("a").startIn(Duration.ofMinutes(20)));
        assertThat(runner.promote().untilDeadline()).isNull();
        submit(task("b").deadline(Duration.ofMinutes(30)));
        submit(task("c").deadline(TEN_MINUTES));

        var look = runner.promote();
        assertThat(look.untilDeadline()).isBetween(Duration.ofMinutes(9), TEN_MINUTES);
        assertThat(look.untilDue()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    }

    @Test
    void cancelledTaskDoesNotExpire() {
        var runner = runner();
        submit(task("a").deadline(TEN_MINUTES));
        submit(task("b").deadline(TEN_MINUTES));
        store.cancel(Scope.ALL, id("a"));
        store.delete(Scope.ALL, id("b"));

        pass(runner, TEN_MINUTES);

        assertThat(runner.expire()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.CANCELLED);
    }
}
