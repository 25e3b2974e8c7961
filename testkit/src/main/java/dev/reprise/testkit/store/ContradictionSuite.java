package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Submissions that contradict themselves or what is stored: refused before anything is stored, with and without a claim. */
public abstract class ContradictionSuite extends StoreSuite {

    private static final Owner OTHER = Owner.of("owner-2");
    private static final NewBatch BATCH = new NewBatch(new BatchId("batch-1"), null, null, false);

    /** For a suite with a subclass. */
    protected ContradictionSuite() {}

    private void assertRefused(Submission submission, String message) {
        var before = store.counts(Scope.ALL);
        var runner = runner();
        assertThatThrownBy(() -> store.submit(submission))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> runner.submit(submission, 5))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
        assertThat(store.counts(Scope.ALL)).isEqualTo(before);
        assertThat(runner.beat().held()).isEmpty();
    }

    @Test
    void dependencyOnAnUnknownTaskIsRefused() {
        assertRefused(
                alone(task("first"), task("a").dependsOn("first", "nobody")),
                "dependsOn of task a must be a stored task of the same owner: nobody");
        assertThat(exists("first")).isFalse();
    }

    @Test
    void dependencyOnAnotherOwnersTaskIsRefused() {
        submit(alone(OTHER, task("theirs")));

        assertRefused(
                batch("batch-1", task("a").dependsOn("theirs")),
                "dependsOn of task a must be a stored task of the same owner: theirs");
        assertThat(store.batch(Scope.ALL, BATCH.id())).isEmpty();
    }

    @Test
    void taskOfABatchThatIsNotTheSubmissionsIsRefused() {
        submit(batch("stored", task("s")));
        var inStored = batch("stored", task("a")).tasks();

        assertRefused(
                new Submission(Draft.OWNER, null, inStored), "batch of task a must be the submission's, null: stored");
        assertRefused(
                new Submission(Draft.OWNER, BATCH, inStored),
                "batch of task a must be the submission's, batch-1: stored");
        assertRefused(
                new Submission(Draft.OWNER, BATCH, alone(task("a")).tasks()),
                "batch of task a must be the submission's, batch-1: null");
        assertThat(taskNames(store.batch(Scope.ALL, new BatchId("stored"))
                        .orElseThrow()
                        .tasks()))
                .containsExactly("s");
    }

    @Test
    void idOfAnotherOwnersTaskIsRefused() {
        submit(alone(OTHER, task("theirs")));
        var theirs = read("theirs");

        assertRefused(alone(task("mine"), task("theirs")), "id must not be the id of another owner's task: theirs");
        assertRefused(batch("batch-1", task("theirs")), "id must not be the id of another owner's task: theirs");
        assertThat(read("theirs")).isEqualTo(theirs);

        store.delete(Scope.ALL, id("theirs"));
        assertRefused(alone(task("theirs")), "id must not be the id of another owner's task: theirs");
    }

    @Test
    void idTwiceInASubmissionIsRefused() {
        assertRefused(alone(task("a"), task("b"), task("a")), "id must not be twice in a submission: a");
    }

    @Test
    void keyTwiceInABatchIsRefusedAndAmongIndependentTasksItIsOneTask() {
        assertRefused(
                batch("batch-1", task("a").once("key", "hash"), task("b").once("key", "hash")),
                "idempotencyKey must not be twice in a batch: key");

        assertThat(store.submit(alone(task("a").once("key", "hash"), task("b").once("key", "other"))))
                .isEqualTo(new Submitted.KeyReused("key", id("a")));
        var stored = submit(
                task("x").startIn(Duration.ofHours(1)),
                task("a").once("key", "hash"),
                task("b").once("key", "hash"),
                task("c").dependsOn("b"));

        assertThat(stored.existing()).isEqualTo(Map.of(id("b"), id("a")));
        assertThat(exists("b")).isFalse();
        var runner = runner();
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(states("a", "c")).as("c waited for a").containsExactly(TaskState.SUCCEEDED, TaskState.READY);
    }

    @Test
    void nothingIsAddedToAStoredBatch() {
        submit(batch("batch-1", task("a")));
        assertRefused(
                batch("batch-1", task("b")), "batch must be new: it is stored already, with other tasks: batch-1");

        store.delete(Scope.ALL, id("a"));
        assertRefused(
                batch("batch-1", task("b")), "batch must be new: it is stored already, with other tasks: batch-1");
        assertThat(store.batch(Scope.ALL, BATCH.id())).isEmpty();
    }

    @Test
    void nothingIsAddedToAnotherOwnersBatch() {
        submit(batch(OTHER, BATCH, task("theirs")));

        assertRefused(
                batch("batch-1", task("b")), "batch must be new: it is stored already, with other tasks: batch-1");
    }

    @Test
    void placesOfABatchAreDistinct() {
        var first = batch("batch-1", task("a")).tasks();
        var second = batch("batch-1", task("b")).tasks();
        assertRefused(
                new Submission(
                        Draft.OWNER,
                        BATCH,
                        Stream.of(first, second).flatMap(List::stream).toList()),
                "position must be unique in a batch: 0");
        assertRefused(
                new Submission(Draft.OWNER, BATCH, List.of(task("a").build(BATCH.id(), 1))),
                "position must be 0 to 0 in this batch: 1");
        assertRefused(
                new Submission(Draft.OWNER, BATCH, List.of(task("a").build(BATCH.id(), null))),
                "position of task a must be given in a batch: null");
        assertRefused(
                batch("batch-1", task("a").key("step"), task("b").key("step")), "key must be unique in a batch: step");
    }

    @Test
    void tasksThatWaitForEachOtherAreRefused() {
        assertRefused(
                batch("batch-1", task("a").dependsOn("b"), task("b").dependsOn("a")),
                "dependsOn of task a must not lead back to it: b");
        assertRefused(alone(task("a").dependsOn("a")), "dependsOn of task a must not lead back to it: a");
    }

    @Test
    void whatIsStoredIsAnsweredAsStoredWhateverHasBecomeOfWhatItNamed() {
        submit(task("needed"), task("parent"));
        var alone = alone(task("a").dependsOn("needed").parent("parent"));
        var batched = batch("batch-1", task("b").dependsOn("needed").parent("parent"));
        var first = submit(alone);
        var second = submit(batched);
        store.delete(Scope.ALL, id("needed"));
        store.delete(Scope.ALL, id("parent"));

        assertThat(stored(store.submit(alone)).createdAt()).isEqualTo(first.createdAt());
        assertThat(stored(runner().submit(batched, 1)).createdAt()).isEqualTo(second.createdAt());
        assertThat(states("a", "b")).containsOnly(TaskState.SKIPPED);
    }

    @Test
    void whatStandsInThePlaceOfAnOfferedTaskIsDependedOnAndTheParent() {
        submit(task("stored").once("key", "hash"));

        var again = submit(
                task("offered").once("key", "hash"),
                task("after").dependsOn("offered"),
                task("child").parent("offered"));

        assertThat(again.existing()).isEqualTo(Map.of(id("offered"), id("stored")));
        assertThat(row("child").placement().parent()).isEqualTo(id("stored"));
        assertThat(state("after")).isEqualTo(TaskState.WAITING);
        store.cancel(Scope.ALL, id("stored"));
        assertThat(state("after")).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void dependencyOnADeletedTaskIsHopeless() {
        submit(task("deleted"));
        store.delete(Scope.ALL, id("deleted"));

        submit(task("a").dependsOn("deleted"));

        assertThat(state("a")).isEqualTo(TaskState.SKIPPED);
    }
}
