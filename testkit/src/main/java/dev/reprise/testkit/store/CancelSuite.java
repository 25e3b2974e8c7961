package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Cancelled;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that the app ends, and tasks that it deletes. */
public abstract class CancelSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected CancelSuite() {}

    @Test
    void taskThatHasNotEndedIsCancelledWhereverItStands() {
        var runner = runner();
        storeAll(runner, retry(submitAndClaim(runner, task("scheduled")).ref(), Duration.ofHours(1)));
        storeAll(runner, parked(submitAndClaim(runner, task("parked")).ref(), Reason.UNREADABLE.plain()));
        submit(Draft.limited("batch-1", 1, task("ready"), task("held")));
        submit(task("waiting").dependsOn("ready"));

        for (String name : List.of("waiting", "held", "parked", "scheduled", "ready")) {
            var before = store.now();
            assertThat(names(store.cancel(Scope.ALL, id(name)).orElseThrow().cancelled().stream()
                            .map(TaskRef::id)))
                    .containsExactly(name);
            assertThat(state(name)).isEqualTo(TaskState.CANCELLED);
            assertBetween(row(name).times().finishedAt(), before, store.now());
            assertThat(row(name).times().dueAt()).isNull();
        }
        subject.advance(Duration.ofHours(2));
        runner.beat();
        runner.promote();
        runner.unpark(knows("fake"));
        assertThat(runner.claim(10)).isEmpty();
    }

    @Test
    void runningTaskIsCancelledUnderItsClaimAndItsAttemptIsRecorded() {
        var runner = runner();
        storeAll(runner, retry(submitAndClaim(runner, task("a")).ref(), Duration.ZERO));
        var claimed = claimOnly(runner);

        var cancelled = store.cancel(Scope.ALL, id("a"));

        assertThat(cancelled).hasValue(new Cancelled(List.of(claimed.ref()), List.of(Ends.cancelled("a"))));
        assertThat(row("a").status().runner()).isNull();
        assertThat(runner.beat().held()).isEmpty();
        assertThat(read("a").attempts()).hasSize(2);
        assertThat(read("a").attempts().get(1))
                .returns(2L, AttemptRow::epoch)
                .returns(2, AttemptRow::number)
                .returns(AttemptOutcome.CANCELLED, AttemptRow::outcome)
                .returns(Usage.NONE, AttemptRow::usage)
                .returns(claimed.row().times().claimedAt(), AttemptRow::startedAt);
    }

    @Test
    void cancelRepeatedFindsNothingMoreToCancel() {
        submit(task("a"));
        store.cancel(Scope.ALL, id("a"));
        var cancelled = read("a");

        assertThat(store.cancel(Scope.ALL, id("a"))).hasValue(new Cancelled(List.of(), List.of()));
        assertThat(store.cancel(Scope.ALL, id("nobody"))).isEmpty();
        assertThat(read("a")).isEqualTo(cancelled);
    }

    @Test
    void cancelledTaskIsNotTakenFromItsDeadRunner() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submitAndClaim(dead, task("a"));
        store.cancel(Scope.ALL, id("a"));
        var cancelled = read("a");

        assertThat(dieAndReap(dead, observer).resumed()).isEmpty();

        assertThat(read("a")).isEqualTo(cancelled);
    }

    @Test
    void taskByItselfIsCancelledAsABatchOfOne() {
        var running = submitAndClaim(runner(), task("single")).ref();
        submit(batch("batch-1", task("member")));

        assertThat(store.cancel(Scope.of(Owner.of("somebody else")), new BatchId("single")))
                .isEmpty();
        assertThat(store.cancel(Scope.ALL, new BatchId("member"))).isEmpty();
        assertThat(store.cancel(Scope.of(Draft.OWNER), new BatchId("single")))
                .hasValue(new Cancelled(List.of(running), List.of(Ends.cancelled("single"))));

        assertThat(states("single", "member")).containsExactly(TaskState.CANCELLED, TaskState.READY);
        assertThat(store.cancel(Scope.ALL, new BatchId("single"))).hasValue(new Cancelled(List.of(), List.of()));
        assertThat(store.cancel(Scope.ALL, new BatchId("nobody"))).isEmpty();
    }

    @Test
    void batchIsCancelledButForWhatHasEnded() {
        var runner = runner();
        submit(batch(
                "batch-1",
                task("succeeded").priority(9),
                task("failed").priority(8),
                task("running").priority(7),
                task("ready"),
                task("waiting").dependsOn("ready")));
        submit(task("other"));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        storeAll(runner, failed(runner.claim(1).get(0).ref()));
        var running = runner.claim(1).get(0).ref();

        var cancelled = store.cancel(Scope.ALL, new BatchId("batch-1")).orElseThrow();

        assertThat(cancelled.cancelled()).contains(running);
        assertThat(names(cancelled.cancelled().stream().map(TaskRef::id)))
                .containsExactlyInAnyOrder("running", "ready", "waiting");
        assertThat(states("succeeded", "failed", "running", "ready", "waiting", "other"))
                .containsExactly(
                        TaskState.SUCCEEDED,
                        TaskState.FAILED,
                        TaskState.CANCELLED,
                        TaskState.CANCELLED,
                        TaskState.CANCELLED,
                        TaskState.READY);
        assertThat(store.cancel(Scope.ALL, new BatchId("batch-1"))).hasValue(new Cancelled(List.of(), List.of()));
        assertThat(store.cancel(Scope.ALL, new BatchId("nothing"))).isEmpty();
    }

    @Test
    void cancelledLimitedBatchLetsNobodyIn() {
        submit(Draft.limited("batch-1", 1, task("a"), task("b"), task("c")));

        store.cancel(Scope.ALL, new BatchId("batch-1"));

        assertThat(states("a", "b", "c")).containsOnly(TaskState.CANCELLED);
        assertThat(runner().claim(10)).isEmpty();
    }

    @Test
    void deletedTaskIsSeenByNoRead() {
        submit(task("parent"));
        submit(batch("batch-1", task("a").parent("parent").once("key", "hash"), task("b")));
        submit(task("child").parent("a"));

        assertThat(store.delete(Scope.ALL, id("a"))).isPresent();

        assertThat(store.find(Scope.ALL, id("a"))).isEmpty();
        assertThat(store.find(Scope.ALL, List.of(id("a"), id("b")))).hasSize(1);
        assertThat(store.summaries(Scope.ALL, List.of(id("a"), id("b")))).containsExactly(summary("b"));
        assertThat(store.states(List.of(id("a")))).isEmpty();
        assertThat(store.counts(Scope.ALL).values().stream().mapToLong(Long::longValue))
                .containsExactly(3L);
        assertThat(taskNames(store.batch(Scope.ALL, new BatchId("batch-1"))
                        .orElseThrow()
                        .tasks()))
                .containsExactly("b");
        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).isEmpty();
        assertThat(summaryNames(store.list(new TaskQuery(Scope.ALL, GenerationQuery.all(), null))
                        .rows()))
                .containsExactly("child", "b", "parent");
        assertThat(store.feed(Scope.ALL, 10, null).rows())
                .extracting(row -> row.id().value())
                .as("what is left of a batch")
                .containsExactly("child", "batch-1", "parent");
        assertThat(store.children(Scope.ALL, id("parent"))).isEmpty();
        assertThat(summaryNames(store.children(Scope.ALL, id("a"))))
                .as("children outlive their parent")
                .containsExactly("child");
        assertThat(store.chain(Scope.ALL, id("a"), 10, true)).isEmpty();
    }

    @Test
    void deleteCancelsWhatHasNotEnded() {
        var runner = runner();
        var running = submitAndClaim(runner, task("running")).ref();
        submit(task("ready"));

        assertThat(store.delete(Scope.ALL, id("running")))
                .hasValue(new Cancelled(List.of(running), List.of(Ends.cancelled("running"))));
        assertThat(names(store.delete(Scope.ALL, id("ready")).orElseThrow().cancelled().stream()
                        .map(TaskRef::id)))
                .containsExactly("ready");

        assertThat(runner.beat().held()).isEmpty();
        assertThat(runner.claim(10)).isEmpty();
    }

    @Test
    void deleteOfAnEndedTaskCancelsNothing() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("a")).ref()));

        assertThat(store.delete(Scope.ALL, id("a"))).hasValue(new Cancelled(List.of(), List.of()));
        assertThat(exists("a")).isFalse();
    }

    @Test
    void deletedTaskDoesNotExistForASecondDelete() {
        submit(task("a"));
        store.delete(Scope.ALL, id("a"));

        assertThat(store.delete(Scope.ALL, id("a"))).isEmpty();
        assertThat(store.cancel(Scope.ALL, id("a"))).isEmpty();
        assertThat(store.delete(Scope.ALL, id("nobody"))).isEmpty();
    }

    @Test
    void dependencyMetByATaskStaysMetWhenItIsDeleted() {
        var runner = runner();
        submit(task("a").priority(1), task("b"), task("join").dependsOn("a", "b"));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));

        store.delete(Scope.ALL, id("a"));
        assertThat(state("join")).isEqualTo(TaskState.WAITING);
        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("join")).isEqualTo(TaskState.READY);
    }
}
