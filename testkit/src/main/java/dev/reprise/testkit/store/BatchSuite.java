package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.Submitted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that belong together: read together, let in a few at a time, stopped by a failure when they ask for it. */
public abstract class BatchSuite extends StoreSuite {

    private static final BatchId BATCH = new BatchId("batch-1");

    /** For a suite with a subclass. */
    protected BatchSuite() {}

    @Test
    void batchIsReadWithItsTasksByPosition() {
        var stored =
                submit(batch(Draft.OWNER, new NewBatch(BATCH, "films", null, false), task("z"), task("a"), task("m")));

        assertThat(store.batch(Scope.ALL, BATCH)).hasValueSatisfying(batch -> {
            assertThat(batch)
                    .returns(BATCH, StoredBatch::id)
                    .returns(Draft.OWNER, StoredBatch::owner)
                    .returns("films", StoredBatch::label)
                    .returns(stored.createdAt(), StoredBatch::createdAt);
            assertThat(batch.tasks()).containsExactly(read("z"), read("a"), read("m"));
            assertThat(batch.tasks().stream().map(task -> task.row().placement().position()))
                    .containsExactly(0, 1, 2);
        });
    }

    @Test
    void taskByItselfIsABatchOfOne() {
        var stored = submit(task("single").label("film"));

        assertThat(store.batch(Scope.ALL, new BatchId("single")))
                .hasValue(new StoredBatch(
                        new BatchId("single"),
                        Draft.OWNER,
                        "film",
                        stored.createdAt(),
                        1,
                        null,
                        List.of(read("single"))));
    }

    @Test
    void taskOfABatchIsNoBatchByItself() {
        submit(batch("batch-1", task("a")));

        assertThat(store.batch(Scope.ALL, new BatchId("a"))).isEmpty();
        assertThat(store.batch(Scope.ALL, new BatchId("nothing"))).isEmpty();
    }

    @Test
    void deletedTaskIsLeftOutOfItsBatch() {
        submit(batch("batch-1", task("a"), task("b"), task("c")));
        store.delete(Scope.ALL, id("b"));

        assertThat(store.batch(Scope.ALL, BATCH))
                .hasValueSatisfying(
                        batch -> assertThat(taskNames(batch.tasks())).containsExactly("a", "c"));
    }

    @Test
    void batchIsStoredAllOrNone() {
        var refused = store.submit(batch("batch-1", task("a"), task("b").parent("nobody"), task("c")));

        assertThat(refused).isEqualTo(new Submitted.ParentGone(id("nobody")));
        assertThat(store.batch(Scope.ALL, BATCH)).isEmpty();
        assertThat(store.counts(Scope.ALL)).isEmpty();
        assertThat(runner().claim(10)).isEmpty();
    }

    @Test
    void limitedBatchLetsInAsManyAsMayBeUnderWay() {
        submit(limited("batch-1", 2, task("a"), task("b"), task("c"), task("d")));

        assertThat(states("a", "b", "c", "d"))
                .containsExactly(TaskState.READY, TaskState.READY, TaskState.HELD, TaskState.HELD);
        assertThat(row("c").status().reason()).isEqualTo(Reason.ADMISSION.plain());
        assertThat(row("a").status().reason()).isNull();
    }

    @Test
    void endOfATaskLetsInTheNextByPosition() {
        var runner = runner();
        submit(limited("batch-1", 2, task("d"), task("c"), task("b"), task("a")));
        var claimed = runner.claim(10);
        assertThat(claimed).hasSize(2);

        storeAll(runner, succeeded(claimed.get(0).ref()));
        assertThat(states("b", "a")).containsExactly(TaskState.READY, TaskState.HELD);
        assertThat(row("b").status().reason()).isNull();

        storeAll(runner, failed(claimed.get(1).ref()));
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void tasksThatEndTogetherLetInAsMany() {
        var runner = runner();
        submit(limited("batch-1", 2, many("t", 5)));
        var claimed = runner.claim(10);

        storeAll(
                runner,
                succeeded(claimed.get(0).ref()),
                succeeded(claimed.get(1).ref()));

        assertThat(claimedNames(runner.claim(10))).containsExactlyInAnyOrder("t0002", "t0003");
        assertThat(state("t0004")).isEqualTo(TaskState.HELD);
    }

    @Test
    void taskThatWaitsForItsRetryKeepsItsPlace() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a"), task("b")));
        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ofMinutes(5)));
        assertThat(states("a", "b")).containsExactly(TaskState.SCHEDULED, TaskState.HELD);

        subject.advance(Duration.ofMinutes(5));
        runner.promote();
        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.HELD);

        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ZERO));
        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.HELD);

        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(states("a", "b")).containsExactly(TaskState.SUCCEEDED, TaskState.READY);
    }

    @Test
    void endOfAnotherTaskLetsInNobodyInAPlaceThatIsKept() {
        var runner = runner();
        submit(limited("batch-1", 3, task("a").priority(9), task("b"), task("c"), task("d"), task("e")));
        storeAll(runner, retry(runner.claim(1).get(0).ref(), Duration.ofMinutes(5)));
        var claimed = runner.claim(1).get(0);

        storeAll(runner, succeeded(claimed.ref()));

        assertThat(states("a", "d", "e")).containsExactly(TaskState.SCHEDULED, TaskState.READY, TaskState.HELD);
    }

    @Test
    void taskHandedBackOrTakenFromTheDeadKeepsItsPlace() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(limited("batch-1", 1, task("a"), task("b")));
        dead.handBack(List.of(claimOnly(dead).ref()));
        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.HELD);
        claimOnly(dead);

        dieAndReap(dead, observer);

        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.HELD);
    }

    @Test
    void taskHandedBackKeepsItsPlaceBeforeOneWhoseTurnWouldBeEarlier() {
        var runner = runner();
        submit(task("before").priority(9));
        submit(limited("batch-1", 1, task("earlier").dependsOn("before"), task("later")));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        assertThat(states("earlier", "later")).containsExactly(TaskState.HELD, TaskState.READY);

        runner.handBack(List.of(claimOnly(runner).ref()));

        assertThat(states("earlier", "later")).containsExactly(TaskState.HELD, TaskState.READY);
    }

    @Test
    void taskThatCrashedForGoodLetsInTheNext() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(limited("batch-1", 1, task("a").failsOnCrash(), task("b")));
        claimOnly(dead);

        dieAndReap(dead, observer);

        assertThat(states("a", "b")).containsExactly(TaskState.FAILED, TaskState.READY);
    }

    @Test
    void cancelledTaskLetsInTheNextWhenItWasUnderWay() {
        submit(limited("batch-1", 1, task("a"), task("b"), task("c"), task("d")));
        store.cancel(Scope.ALL, id("b"));
        assertThat(states("a", "b", "c", "d"))
                .containsExactly(TaskState.READY, TaskState.CANCELLED, TaskState.HELD, TaskState.HELD);

        store.cancel(Scope.ALL, id("a"));
        assertThat(states("c", "d")).containsExactly(TaskState.READY, TaskState.HELD);

        store.delete(Scope.ALL, id("c"));
        assertThat(state("d")).isEqualTo(TaskState.READY);
    }

    @Test
    void limitAboveTheNumberOfTasksHoldsNoneBack() {
        submit(limited("batch-1", 10, task("a"), task("b")));

        assertThat(states("a", "b")).containsOnly(TaskState.READY);
    }

    @Test
    void limitsOfTwoBatchesAreIndependent() {
        submit(limited("batch-1", 1, task("a1"), task("a2")));
        submit(limited("batch-2", 1, task("b1"), task("b2")));

        assertThat(claimedNames(runner().claim(10))).containsExactly("a1", "b1");
    }

    @Test
    void failureDoesNotStopABatchThatGoesOn() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a"), task("b"), task("c")));

        storeAll(runner, failed(claimOnly(runner).ref()));

        assertThat(states("a", "b", "c")).containsExactly(TaskState.FAILED, TaskState.READY, TaskState.HELD);
    }
}
