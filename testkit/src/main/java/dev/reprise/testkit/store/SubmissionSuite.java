package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.Counters;
import dev.reprise.store.Placement;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Storing tasks, and claiming them in the same breath. */
public abstract class SubmissionSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected SubmissionSuite() {}

    @Test
    void storedTaskIsReadBackWhole() {
        submit(task("root"));
        var stored = submit(batch(
                "batch-1",
                task("first"),
                task("second")
                        .kind(GenerationKind.REFINEMENT)
                        .label("film")
                        .provider("acme")
                        .processor("json")
                        .key("step-2")
                        .parent("root")
                        .priority(-7)
                        .deadline(Duration.ofHours(2))));

        var task = read("second");

        assertThat(task)
                .returns(Draft.bytes("request of second"), StoredTask::request)
                .returns(null, StoredTask::result)
                .returns(List.of(), StoredTask::attempts);
        assertThat(task.row())
                .returns(id("second"), TaskRow::id)
                .returns(Draft.OWNER, TaskRow::owner)
                .returns(
                        new TaskLabels(GenerationKind.REFINEMENT, "film", "acme", "fake-model", "json", null),
                        TaskRow::labels)
                .returns(new Placement(new BatchId("batch-1"), 1, "step-2", id("root")), TaskRow::placement)
                .returns(-7, TaskRow::priority)
                .returns(new TaskStatus(TaskState.READY, null, null, 1, 0, null), TaskRow::status)
                .returns(Counters.NONE, TaskRow::counters);
        var times = task.row().times();
        assertThat(times.createdAt()).isEqualTo(stored.createdAt());
        assertThat(times.deadlineAt()).isEqualTo(stored.createdAt().plus(Duration.ofHours(2)));
        assertThat(times.dueAt()).isNull();
        assertThat(times.claimedAt()).isNull();
        assertThat(times.finishedAt()).isNull();
    }

    @Test
    void tasksOfASubmissionShareTheirCreationTimeByTheStoresClock() {
        subject.advance(Duration.ofDays(3));
        var before = store.now();
        var stored = stored(store.submit(alone(many("t", 5))));

        assertBetween(stored.createdAt(), before, store.now());
        assertThat(stored.existing()).isEmpty();
        assertThat(stored.claimed()).isEmpty();
        for (Draft draft : many("t", 5)) {
            assertThat(row(draft.name()).times().createdAt()).isEqualTo(stored.createdAt());
        }
    }

    @Test
    void timesAreWholeMilliseconds() {
        subject.advance(Duration.ofNanos(1_234_567));
        var stored = submit(task("a"));

        assertThat(stored.createdAt()).isEqualTo(stored.createdAt().truncatedTo(ChronoUnit.MILLIS));
        var now = store.now();
        assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void storesTimeMovesOn() {
        var before = store.now();
        subject.advance(Duration.ofMinutes(10));

        assertThat(store.now()).isAfterOrEqualTo(before.plus(Duration.ofMinutes(10)));
    }

    @Test
    void delayedTaskIsScheduledAndReadyWhenDue() {
        var runner = runner();
        var stored = submit(task("later").startIn(Duration.ofMinutes(10)));

        assertThat(state("later")).isEqualTo(TaskState.SCHEDULED);
        assertThat(row("later").times().dueAt()).isEqualTo(stored.createdAt().plus(Duration.ofMinutes(10)));
        assertThat(runner.claim(1)).isEmpty();

        subject.advance(Duration.ofMinutes(10));
        assertThat(runner.promote().promoted()).isEqualTo(1);
        assertThat(state("later")).isEqualTo(TaskState.READY);
        assertThat(row("later").times().dueAt()).isNull();
    }

    @Test
    void submissionRepeatedWithTheSameIdsHasTheEffectOfOne() {
        var submission = batch("batch-1", task("a"), task("b"));
        var first = submit(submission);
        var runner = runner();
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));

        var again = stored(store.submit(submission));

        assertThat(again.createdAt()).isEqualTo(first.createdAt());
        assertThat(store.counts(Scope.ALL))
                .containsOnly(Map.entry(TaskState.SUCCEEDED, 1L), Map.entry(TaskState.READY, 1L));
    }

    @Test
    void submittingRunnerClaimsTheFirstOfItsTasks() {
        var runner = runner();

        var stored = stored(runner.submit(alone(task("a"), task("b"), task("c")), 2));

        assertThat(claimedNames(stored.claimed())).containsExactly("a", "b");
        var claimed = stored.claimed().get(0);
        assertThat(claimed.row()).isEqualTo(row("a"));
        assertThat(claimed.row().status()).isEqualTo(new TaskStatus(TaskState.RUNNING, null, null, 1, 1, runner.id()));
        assertThat(claimed.row().counters().attempts()).isEqualTo(1);
        assertThat(claimed.request()).isEqualTo(Draft.bytes("request of a"));
        assertThat(claimed.handover()).isNull();
        assertThat(state("c")).isEqualTo(TaskState.READY);
    }

    @Test
    void submittingRunnerClaimsTheHighestPriorityFirst() {
        var runner = runner();

        var stored = stored(runner.submit(
                alone(task("z"), task("low").priority(-1), task("urgent").priority(5), task("b"), task("a")), 3));

        assertThat(claimedNames(stored.claimed())).containsExactlyInAnyOrder("urgent", "a", "b");
        assertThat(states("low", "z")).containsOnly(TaskState.READY);
        var batched = stored(runner.submit(
                limited(
                        "batch-1",
                        2,
                        task("b1"),
                        task("b2"),
                        task("b3").priority(7),
                        task("b4").priority(8)),
                1));
        assertThat(claimedNames(batched.claimed())).containsExactly("b4");
        assertThat(states("b1", "b2", "b3")).containsExactly(TaskState.HELD, TaskState.HELD, TaskState.READY);
    }

    @Test
    void submittingRunnerClaimsNothingWhenItWantsNothing() {
        assertThat(stored(runner().submit(alone(task("a")), 0)).claimed()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void submittingRunnerClaimsNoOlderTask() {
        submit(task("older").priority(50));

        var stored = stored(runner().submit(alone(task("mine")), 5));

        assertThat(claimedNames(stored.claimed())).containsExactly("mine");
        assertThat(state("older")).isEqualTo(TaskState.READY);
    }

    @Test
    void submittingRunnerClaimsReadyTasksOnly() {
        var runner = runner();

        var stored = stored(runner.submit(
                limited(
                        "batch-1",
                        3,
                        task("later").startIn(Duration.ofMinutes(1)),
                        task("a"),
                        task("b").dependsOn("a"),
                        task("c")),
                10));

        assertThat(claimedNames(stored.claimed())).containsExactly("a", "c");
        assertThat(states("later", "b")).containsExactly(TaskState.SCHEDULED, TaskState.WAITING);
    }

    @Test
    void submissionThatClaimsRepeatedHasTheEffectOfOne() {
        var runner = runner();
        var submission = alone(task("a"));
        stored(runner.submit(submission, 1));

        stored(runner.submit(submission, 1));

        assertThat(row("a").status()).isEqualTo(new TaskStatus(TaskState.RUNNING, null, null, 1, 1, runner.id()));
        assertThat(row("a").counters().attempts()).isEqualTo(1);
    }

    @Test
    void largeSubmissionIsStoredWhole() {
        submit(batch("batch-1", many("t", 500)));

        assertThat(store.batch(Scope.ALL, new BatchId("batch-1")))
                .hasValueSatisfying(batch -> assertThat(taskNames(batch.tasks()))
                        .containsExactly(
                                Arrays.stream(many("t", 500)).map(Draft::name).toArray(String[]::new)));
    }
}
