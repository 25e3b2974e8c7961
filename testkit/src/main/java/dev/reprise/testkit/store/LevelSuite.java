package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Purging;
import dev.reprise.store.Retention;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskQuery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that need a newer process: read like any other, and changed by nothing that this one does. */
public abstract class LevelSuite extends StoreSuite {

    private static final int NEWER = Level.CURRENT + 1;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** For a suite with a subclass. */
    protected LevelSuite() {}

    private static Draft newer(String name) {
        return task(name).requiredLevel(NEWER);
    }

    private void assertUntouched(StoredTask before) {
        assertThat(store.find(Scope.ALL, before.row().id())).hasValue(before);
    }

    @Test
    void newerTaskIsReadLikeAnyOther() {
        submit(batch("batch-1", newer("a"), task("b")));

        assertThat(summaryNames(store.list(new TaskQuery(Scope.ALL, GenerationQuery.all(), null))
                        .rows()))
                .containsExactly("b", "a");
        assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.READY, 2L);
        assertThat(summaryNames(batchRow("batch-1").first())).containsExactly("a", "b");
        assertThat(store.states(List.of(id("a")))).containsEntry(id("a"), TaskState.READY);
    }

    @Test
    void newerTaskIsNotClaimed() {
        var runner = runner();
        submit(newer("a").priority(9), task("b"));
        var before = read("a");

        assertThat(claimedNames(runner.claim(10))).containsExactly("b");
        assertThat(claimedNames(stored(runner.submit(alone(newer("c").priority(9), task("d")), 1))
                        .claimed()))
                .containsExactly("d");
        assertUntouched(before);
        assertThat(state("c")).isEqualTo(TaskState.READY);
    }

    @Test
    void newerTaskIsNeitherPromotedNorExpired() {
        var runner = runner();
        submit(newer("a").startIn(MINUTE), task("b").startIn(MINUTE));
        submit(newer("c").deadline(MINUTE), task("d").deadline(MINUTE));
        var before = List.of(read("a"), read("c"));
        pass(runner, MINUTE.multipliedBy(2));

        var promoted = runner.promote();
        assertThat(promoted.promoted()).isEqualTo(1);
        assertThat(promoted.untilDue()).as("nothing of its own is due").isNull();
        assertThat(endNames(runner.expire())).containsExactly("d");
        assertThat(runner.promote().untilDeadline()).isNull();

        before.forEach(this::assertUntouched);
    }

    @Test
    void newerTaskIsNotAdmittedAndKeepsNobodyOut() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a").priority(9), newer("b").priority(5), task("c")));
        var before = read("b");

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertUntouched(before);
        assertThat(state("c")).isEqualTo(TaskState.READY);
    }

    @Test
    void newerTaskIsNeitherReleasedNorSkipped() {
        var runner = runner();
        submit(
                task("good").priority(1),
                task("bad"),
                newer("a").dependsOn("good"),
                newer("b").dependsOn("bad"));
        var before = List.of(read("a"), read("b"));

        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        assertThat(storeAll(runner, failed(claimOnly(runner).ref()))).containsExactly(Ends.failed("bad"));

        before.forEach(this::assertUntouched);
    }

    @Test
    void newerTaskIsNotSkippedWhenItsBatchStops() {
        var runner = runner();
        submit(batch(
                Draft.OWNER, new NewBatch(new BatchId("batch-1"), null, null, true), task("a"), newer("b"), task("c")));
        var before = read("b");

        storeAll(runner, failed(runner.claim(1).get(0).ref()));

        assertUntouched(before);
        assertThat(state("c")).isEqualTo(TaskState.SKIPPED);
        assertThat(batchRow("batch-1").finishedAt())
                .as("not all of it has ended")
                .isNull();
    }

    @Test
    void newerTaskIsNeitherCancelledNorDeleted() {
        submit(newer("a"));
        submit(batch("batch-1", newer("b"), task("c")));
        var before = List.of(read("a"), read("b"));

        assertThat(store.cancel(Scope.ALL, id("a")).orElseThrow().ends()).isEmpty();
        assertThat(store.cancel(Scope.ALL, new BatchId("a")).orElseThrow().ends())
                .isEmpty();
        assertThat(store.cancel(Scope.ALL, new BatchId("batch-1")).orElseThrow().ends())
                .containsExactly(Ends.in("batch-1", Ends.cancelled("c")));
        assertThatThrownBy(() -> store.delete(Scope.ALL, id("a")))
                .isInstanceOf(StoreException.class)
                .hasMessage("task a belongs to a newer version of this library, which alone may delete it");

        before.forEach(this::assertUntouched);
    }

    @Test
    void newerTaskIsNotPurged() {
        assumeTrue(store.purging().isPresent(), "the store cannot remove");
        submit(task("bad"), newer("skipped").dependsOn("bad"));
        submit(task("gone"));
        store.cancel(Scope.ALL, id("bad"));
        store.cancel(Scope.ALL, id("gone"));
        // Born ended, so that there is one that has.
        submit(newer("ended").dependsOn("bad"));
        var before = List.of(read("ended"), read("skipped"));
        assertThat(state("ended")).isEqualTo(TaskState.SKIPPED);
        subject.advance(Duration.ofDays(3));

        Purging purging = store.purging().orElseThrow();
        purging.purge(Retention.of(Duration.ofDays(1)));

        before.forEach(this::assertUntouched);
        assertThat(exists("gone")).isFalse();
    }
}
