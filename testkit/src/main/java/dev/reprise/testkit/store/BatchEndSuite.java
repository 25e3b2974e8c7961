package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static dev.reprise.testkit.store.Outcomes.unstorable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.Submission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A batch's counts, and its end: set once, with the end of its last task, whatever has ended that. */
public abstract class BatchEndSuite extends StoreSuite {

    private static final BatchId BATCH = new BatchId("batch-1");

    /** For a suite with a subclass. */
    protected BatchEndSuite() {}

    /** The batch must have ended by this, now, with these counts, and nothing that comes later may change it. */
    private void assertEnds(BatchCounts counts, Runnable by) {
        assertThat(batchRow("batch-1").finishedAt()).isNull();
        assertThat(batchRow("batch-1").counts().open()).isPositive();
        var before = store.now();
        by.run();
        var after = store.now();

        var ended = batchRow("batch-1");
        assertThat(ended.counts()).isEqualTo(counts);
        assertThat(counts.open()).isZero();
        assertThat(ended.started()).isTrue();
        assertThat(ended.run()).isEqualTo(1);
        assertBetween(ended.finishedAt(), before, after);
        assertThat(store.batch(Scope.ALL, BATCH).map(StoredBatch::finishedAt)).hasValue(ended.finishedAt());
        subject.advance(Duration.ofDays(2));
        store.cancel(Scope.ALL, BATCH);
        var later = runner();
        later.reap();
        later.promote();
        later.expire();
        assertThat(batchRow("batch-1")).isEqualTo(ended);
    }

    private static BatchCounts counts(int succeeded, int failed, int cancelled, int skipped, int deleted) {
        return new BatchCounts(
                succeeded + failed + cancelled + skipped, succeeded, failed, cancelled, skipped, deleted);
    }

    @Test
    void lastSuccessEndsItsBatch() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b")));
        var claimed = runner.claim(10);
        storeAll(runner, succeeded(claimed.get(0).ref()));
        assertThat(batchRow("batch-1").counts()).isEqualTo(new BatchCounts(2, 1, 0, 0, 0, 0));

        assertEnds(
                counts(2, 0, 0, 0, 0),
                () -> storeAll(runner, succeeded(claimed.get(1).ref())));
    }

    @Test
    void lastFailureEndsItsBatchAndARetryDoesNot() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b")));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ZERO));
        assertThat(batchRow("batch-1").finishedAt()).isNull();
        assertThat(batchRow("batch-1").counts()).isEqualTo(new BatchCounts(2, 1, 0, 0, 0, 0));

        assertEnds(
                counts(1, 1, 0, 0, 0),
                () -> storeAll(runner, failed(claimOnly(runner).ref())));
    }

    @Test
    void outcomesOfOneCallEndTheirBatchOnce() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b"), task("c").dependsOn("b")));
        var claimed = runner.claim(10);

        assertEnds(
                counts(1, 1, 0, 1, 0),
                () -> storeAll(
                        runner,
                        succeeded(claimed.get(0).ref()),
                        failed(claimed.get(1).ref())));
    }

    @Test
    void outcomeStoredAgainCountsOnce() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b")));
        var outcome = succeeded(runner.claim(1).get(0).ref());

        storeOutcome(runner, outcome);
        storeOutcome(runner, outcome);

        assertThat(batchRow("batch-1").counts()).isEqualTo(new BatchCounts(2, 1, 0, 0, 0, 0));
    }

    @Test
    void outcomeThatCannotBeStoredEndsItsBatch() {
        var runner = runner();
        submit(batch("batch-1", task("a")));
        var claimed = claimOnly(runner);

        assertEnds(counts(0, 1, 0, 0, 0), () -> storeOutcome(runner, unstorable(claimed.ref())));
    }

    @Test
    void lastDeadlineEndsItsBatch() {
        var runner = runner();
        submit(batch(
                "batch-1", task("a").deadline(Duration.ofMinutes(1)), task("b").dependsOn("a")));
        pass(runner, Duration.ofMinutes(1));

        assertEnds(counts(0, 1, 0, 1, 0), runner::expire);
    }

    @Test
    void cancelledTaskEndsItsBatchWithWhatDependedOnIt() {
        submit(batch("batch-1", task("a"), task("b").dependsOn("a")));

        assertEnds(counts(0, 0, 1, 1, 0), () -> store.cancel(Scope.ALL, id("a")));
    }

    @Test
    void cancelledBatchHasEnded() {
        var runner = runner();
        submit(Draft.limited(
                "batch-1", 2, task("a"), task("b"), task("c"), task("d").dependsOn("a")));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        runner.claim(1);

        assertEnds(counts(1, 0, 3, 0, 0), () -> store.cancel(Scope.ALL, BATCH));
    }

    @Test
    void failureThatStopsItEndsItsBatch() {
        var runner = runner();
        submit(stopping(
                task("a"), task("b").startIn(Duration.ofHours(1)), task("c").dependsOn("b")));
        var claimed = claimOnly(runner);

        assertEnds(counts(0, 1, 0, 2, 0), () -> storeAll(runner, failed(claimed.ref())));
    }

    @Test
    void runningTaskOfAStoppedBatchEndsIt() {
        var runner = runner();
        submit(stopping(task("a"), task("b"), task("c")));
        var claimed = runner.claim(2);
        storeAll(runner, failed(claimed.get(0).ref()));
        assertThat(batchRow("batch-1").counts()).isEqualTo(new BatchCounts(3, 0, 1, 0, 1, 0));

        assertEnds(
                counts(0, 1, 0, 2, 0),
                () -> storeAll(runner, retry(claimed.get(1).ref(), Duration.ZERO)));
    }

    @Test
    void deletedTaskEndsItsBatchAndStaysCounted() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b"), task("c").dependsOn("b")));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));

        assertEnds(counts(1, 0, 1, 1, 1), () -> store.delete(Scope.ALL, id("b")));
    }

    @Test
    void deletingWhatHasEndedChangesTheNumberOfDeletedOnly() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b")));
        runner.claim(2).forEach(claimed -> storeAll(runner, succeeded(claimed.ref())));
        var ended = batchRow("batch-1");
        subject.advance(Duration.ofMinutes(1));

        store.delete(Scope.ALL, id("a"));

        assertThat(batchRow("batch-1"))
                .returns(new BatchCounts(2, 2, 0, 0, 0, 1), BatchRow::counts)
                .returns(ended.finishedAt(), BatchRow::finishedAt)
                .returns(List.of(summary("b")), BatchRow::first);
    }

    @Test
    void deathOfARunnerEndsItsBatch() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(batch("batch-1", task("a").failsOnCrash(), task("b").dependsOn("a")));
        claimOnly(dead);
        die(dead, observer);

        assertEnds(counts(0, 1, 0, 1, 0), observer::reap);
    }

    @Test
    void endOfATaskOutsideEndsTheBatchThatDependedOnIt() {
        var runner = runner();
        submit(task("outside"));
        submit(batch("batch-1", task("a").dependsOn("outside"), task("b").dependsOn("a")));
        var claimed = claimOnly(runner);

        assertEnds(counts(0, 0, 0, 2, 0), () -> storeAll(runner, failed(claimed.ref())));
    }

    @Test
    void batchOfWhichNothingCanRunHasEndedAtItsBirth() {
        submit(task("cancelled"));
        store.cancel(Scope.ALL, id("cancelled"));
        var stored = submit(
                batch("batch-1", task("a").dependsOn("cancelled"), task("b").dependsOn("a")));

        assertThat(batchRow("batch-1"))
                .returns(counts(0, 0, 0, 2, 0), BatchRow::counts)
                .returns(stored.createdAt(), BatchRow::finishedAt);
        assertThat(row("b").times().finishedAt()).isEqualTo(stored.createdAt());

        submit(batch("batch-2", task("c").dependsOn("cancelled"), task("d")));
        assertThat(batchRow("batch-2"))
                .returns(new BatchCounts(2, 0, 0, 0, 1, 0), BatchRow::counts)
                .returns(null, BatchRow::finishedAt);
    }

    @Test
    void taskByItselfEndsAsItsBatchOfOne() {
        var runner = runner();
        submit(task("single"));
        assertThat(batchRow("single"))
                .returns(new BatchCounts(1, 0, 0, 0, 0, 0), BatchRow::counts)
                .returns(null, BatchRow::finishedAt);

        storeAll(runner, failed(claimOnly(runner).ref()));

        var finishedAt = row("single").times().finishedAt();
        assertThat(batchRow("single"))
                .returns(new BatchCounts(1, 0, 1, 0, 0, 0), BatchRow::counts)
                .returns(finishedAt, BatchRow::finishedAt);
        assertThat(store.batch(Scope.ALL, new BatchId("single")).map(StoredBatch::finishedAt))
                .hasValue(finishedAt);
    }

    @Test
    void lastTasksThatEndAtOnceEndTheirBatch() {
        var one = runner();
        var two = runner(subject.openSecond());
        for (int round = 0; round < 15; round++) {
            var name = "round-" + round;
            submit(batch(
                    name,
                    task(name + "-a"),
                    task(name + "-b"),
                    task(name + "-c").deadline(Duration.ofMinutes(1))));
            var a = one.claim(1).get(0).ref();
            var b = one.claim(1).get(0).ref();
            subject.advance(Duration.ofMinutes(1));
            one.beat();
            two.beat();

            Together.call(List.<Callable<Object>>of(
                    () -> storeOutcome(one, succeeded(a)), () -> storeOutcome(one, failed(b)), two::expire));
            two.expire();

            assertThat(batchRow(name).counts()).isEqualTo(counts(1, 2, 0, 0, 0));
            assertThat(batchRow(name).finishedAt()).isNotNull();
        }
    }

    @Test
    void batchIsStartedWithItsFirstClaim() {
        var runner = runner();
        submit(batch("batch-1", task("a"), task("b")));
        assertThat(batchRow("batch-1").started()).isFalse();

        ClaimedTask claimed = runner.claim(1).get(0);
        assertThat(batchRow("batch-1").started()).isTrue();
        storeAll(runner, retry(claimed.ref(), Duration.ofHours(1)));
        assertThat(batchRow("batch-1").started()).isTrue();
        assertThat(states("a", "b")).containsExactly(TaskState.SCHEDULED, TaskState.READY);
    }

    private static Submission stopping(Draft... drafts) {
        return batch(Draft.OWNER, new NewBatch(BATCH, null, null, true), drafts);
    }
}
