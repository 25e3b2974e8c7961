package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.cancelled;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static dev.reprise.testkit.store.Outcomes.unstorable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.Counters;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A batch that stops on a failure: what no runner has is skipped at once, what one has is finished and not tried again. */
public abstract class StopSuite extends StoreSuite {

    private static final BatchId BATCH = new BatchId("batch-1");

    /** For a suite with a subclass. */
    protected StopSuite() {}

    private static Submission stopping(@Nullable Integer concurrency, Draft... drafts) {
        return batch(Draft.OWNER, new NewBatch(BATCH, null, concurrency, true), drafts);
    }

    private void assertStopped(String... names) {
        for (String name : names) {
            assertThat(row(name).status().isBecause(Reason.STOPPED)).as(name).isTrue();
            assertThat(row(name).status().failure()).isNull();
            assertThat(row(name).status().runner()).isNull();
            assertThat(row(name).times().dueAt()).isNull();
            assertThat(row(name).times().finishedAt()).isNotNull();
        }
        assertThat(states(names)).containsOnly(TaskState.SKIPPED);
    }

    @Test
    void failureSkipsWhatNoRunnerHasWhateverItHasTried() {
        var runner = runner();
        submit(stopping(
                6,
                task("fails").priority(9),
                task("runs").priority(8),
                task("retries").priority(7),
                task("parked").priority(6),
                task("back").priority(5),
                task("ready"),
                task("later").startIn(Duration.ofHours(1)),
                task("held"),
                task("waits").dependsOn("runs"),
                task("decided").awaitsDecision()));
        var fails = runner.claim(1).get(0).ref();
        var runs = runner.claim(1).get(0).ref();
        storeAll(runner, retry(runner.claim(1).get(0).ref(), Duration.ofMinutes(1)));
        storeAll(runner, parked(runner.claim(1).get(0).ref(), Reason.UNKNOWN_PROVIDER.of("fake")));
        runner.handBack(List.of(runner.claim(1).get(0).ref()));
        assertThat(states("retries", "parked", "back", "later", "held", "waits", "decided"))
                .containsExactly(
                        TaskState.SCHEDULED,
                        TaskState.PARKED,
                        TaskState.READY,
                        TaskState.SCHEDULED,
                        TaskState.HELD,
                        TaskState.WAITING,
                        TaskState.AWAITING_DECISION);

        storeAll(runner, failed(fails));

        assertThat(states("fails", "runs")).containsExactly(TaskState.FAILED, TaskState.RUNNING);
        assertStopped("retries", "parked", "back", "ready", "later", "held", "waits", "decided");
        assertThat(row("retries").counters()).as("what it has tried stays").isEqualTo(new Counters(1, 1, 0, 0, 0));
        assertThat(read("retries").attempts()).hasSize(1);
        storeAll(runner, succeeded(runs));
        assertThat(states("runs", "waits")).containsExactly(TaskState.SUCCEEDED, TaskState.SKIPPED);
        pass(runner, Duration.ofHours(2));
        assertThat(runner.promote().promoted()).isZero();
        assertThat(runner.unpark(knows("fake"))).isZero();
        assertThat(runner.claim(10)).isEmpty();
        assertThat(read("runs").result()).isNotNull();
    }

    @Test
    void whatWaitsForTheFailedTaskIsSkippedBecauseOfThat() {
        var runner = runner();
        submit(stopping(null, task("a"), task("b").dependsOn("a"), task("c").dependsOn("b"), task("d")));

        assertThat(storeAll(runner, failed(runner.claim(1).get(0).ref())))
                .containsExactlyInAnyOrder(
                        Ends.in("batch-1", Ends.failed("a")),
                        Ends.in("batch-1", Ends.skipped("b", Reason.DEPENDENCY)),
                        Ends.in("batch-1", Ends.skipped("c", Reason.DEPENDENCY)),
                        Ends.in("batch-1", Ends.skipped("d", Reason.STOPPED)));
    }

    @Test
    void retryOfARunningSiblingIsSkipped() {
        var runner = runner();
        submit(stopping(null, task("a"), task("b"), task("c")));
        failRunningTogetherWith(runner, retry -> storeAll(runner, retry(retry, Duration.ofMinutes(5))));

        assertStopped("b");
        assertThat(row("b").counters()).isEqualTo(new Counters(1, 1, 0, 0, 0));
        assertThat(onlyAttempt("b").delay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(summary("b").usage()).isEqualTo(Outcomes.SPENT);
    }

    @Test
    void claimOfASiblingThatIsHandedBackIsSkipped() {
        var runner = runner();
        submit(stopping(null, task("a"), task("b"), task("c")));
        failRunningTogetherWith(runner, ref -> runner.handBack(List.of(ref)));

        assertStopped("b");
        assertThat(row("b").counters()).isEqualTo(Counters.NONE);
        assertThat(read("b").attempts()).isEmpty();
    }

    @Test
    void siblingOfADeadRunnerIsSkipped() {
        var dead = runner();
        var runner = runner(subject.openSecond());
        submit(stopping(null, task("a"), task("b"), task("c")));
        var a = runner.claim(1).get(0);
        dead.claim(1);
        storeAll(runner, failed(a.ref()));
        assertThat(states("b", "c")).containsExactly(TaskState.RUNNING, TaskState.SKIPPED);

        var report = dieAndReap(dead, runner);

        assertStopped("b");
        assertThat(report.resumed()).isEmpty();
        assertThat(report.ends()).containsExactly(Ends.in("batch-1", Ends.skipped("b", Reason.STOPPED)));
        assertThat(row("b").counters().crashes()).isEqualTo(1);
    }

    @Test
    void siblingThatNobodyKnowsHowToRunIsSkippedAndNotParked() {
        var runner = runner();
        submit(stopping(null, task("a"), task("b"), task("c")));
        failRunningTogetherWith(
                runner,
                ref -> assertThat(storeAll(runner, parked(ref, Reason.UNKNOWN_PROVIDER.of("fake"))))
                        .containsExactly(Ends.in("batch-1", Ends.skipped("b", Reason.STOPPED))));

        assertStopped("b");
        assertThat(batchRow("batch-1").finishedAt()).isNotNull();
    }

    @Test
    void outcomesOfOneCallStopTheirBatchForEachOther() {
        var runner = runner();
        submit(stopping(null, task("a"), task("b"), task("c"), task("d"), task("e")));
        var claimed = runner.claim(4);

        storeAll(
                runner,
                retry(claimed.get(0).ref(), Duration.ZERO),
                succeeded(claimed.get(1).ref()),
                failed(claimed.get(2).ref()),
                retry(claimed.get(3).ref(), Duration.ofMinutes(1)));

        assertThat(states("b", "c")).containsExactly(TaskState.SUCCEEDED, TaskState.FAILED);
        assertStopped("a", "d", "e");
        assertThat(Stream.of("a", "d").map(name -> row(name).counters().failures()))
                .containsOnly(1);
    }

    @Test
    void failuresOfTwoSiblingsAtOnceStopTheBatchOnce() {
        var one = runner();
        var two = runner(subject.openSecond());
        for (int round = 0; round < 15; round++) {
            var name = "round-" + round;
            submit(batch(
                    Draft.OWNER,
                    new NewBatch(new BatchId(name), null, null, true),
                    task(name + "-a"),
                    task(name + "-b"),
                    task(name + "-c")));
            var a = one.claim(1).get(0).ref();
            var b = two.claim(1).get(0).ref();

            Together.call(List.of(() -> storeOutcome(one, failed(a)), () -> storeOutcome(two, failed(b))));

            assertThat(states(name + "-a", name + "-b", name + "-c"))
                    .containsExactly(TaskState.FAILED, TaskState.FAILED, TaskState.SKIPPED);
            assertThat(batchRow(name).finishedAt()).isNotNull();
        }
    }

    @Test
    void everyFailureStopsWhateverHasFailedTheTask() {
        var dead = runner();
        var runner = runner(subject.openSecond());
        submit(named("unstorable", task("u1"), task("u2")));
        storeOutcome(runner, unstorable(runner.claim(1).get(0).ref()));
        submit(named("deadline", task("d1").deadline(Duration.ofMinutes(1)), task("d2")));
        pass(runner, Duration.ofMinutes(1));
        runner.expire();
        submit(named("crashed", task("c1").failsOnCrash(), task("c2")));
        dead.beat();
        dead.claim(1);
        dieAndReap(dead, runner);

        assertThat(states("u1", "d1", "c1")).containsOnly(TaskState.FAILED);
        assertStopped("u2", "d2", "c2");
    }

    @Test
    void whatEndsWithoutFailingStopsNothing() {
        var runner = runner();
        submit(stopping(
                null,
                task("cancelled").priority(9),
                task("aborted").priority(8),
                task("skipped").dependsOn("cancelled"),
                task("deleted"),
                task("goes-on")));
        var aborted = runner.claim(2).get(1).ref();
        store.cancel(Scope.ALL, id("cancelled"));
        storeAll(runner, cancelled(aborted));
        store.delete(Scope.ALL, id("deleted"));

        assertThat(states("cancelled", "aborted", "skipped", "goes-on"))
                .containsExactly(TaskState.CANCELLED, TaskState.CANCELLED, TaskState.SKIPPED, TaskState.READY);
    }

    @Test
    void stoppedBatchStopsNoOther() {
        var runner = runner();
        submit(named("batch-2", task("other")));
        submit(stopping(null, task("a").priority(9), task("b")));
        storeAll(runner, failed(runner.claim(1).get(0).ref()));

        assertThat(states("b", "other")).containsExactly(TaskState.SKIPPED, TaskState.READY);
    }

    @Test
    void whatDependsOnTheSkippedElsewhereIsSkippedToo() {
        var runner = runner();
        submit(stopping(null, task("a").priority(9), task("b")));
        submit(named("batch-2", task("elsewhere").dependsOn("b"), task("other")));
        storeAll(runner, failed(runner.claim(1).get(0).ref()));

        assertThat(states("b", "elsewhere", "other"))
                .containsExactly(TaskState.SKIPPED, TaskState.SKIPPED, TaskState.READY);
        assertThat(row("elsewhere").status().reason()).isEqualTo(Reason.DEPENDENCY.plain());
    }

    /** Fails a while b runs: c is skipped, and something is done with b's claim. */
    private void failRunningTogetherWith(RunnerSession runner, Consumer<TaskRef> then) {
        var claimed = runner.claim(2);
        storeAll(runner, failed(claimed.get(0).ref()));
        assertThat(Stream.of("a", "b", "c").map(this::state))
                .containsExactly(TaskState.FAILED, TaskState.RUNNING, TaskState.SKIPPED);
        then.accept(claimed.get(1).ref());
    }

    private static Submission named(String name, Draft... drafts) {
        return batch(Draft.OWNER, new NewBatch(new BatchId(name), null, null, true), drafts);
    }
}
