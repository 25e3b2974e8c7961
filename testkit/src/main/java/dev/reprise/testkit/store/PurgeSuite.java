package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Purging;
import dev.reprise.store.Retention;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is removed in time, and what is kept for those that come after; for stores that can remove. */
public abstract class PurgeSuite extends StoreSuite {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Retention A_DAY = new Retention(DAY, 7);

    private Purging purging;
    private RunnerSession runner;

    /** For a suite with a subclass. */
    protected PurgeSuite() {}

    @BeforeEach
    void openPurging() {
        assumeTrue(store.purging().isPresent(), "the store cannot remove");
        purging = store.purging().orElseThrow();
        runner = runner();
    }

    /** Stores tasks and has all that can run succeed. */
    private void finish(Submission submission) {
        submit(submission);
        runner.beat();
        for (var claimed = runner.claim(50); !claimed.isEmpty(); claimed = runner.claim(50)) {
            for (ClaimedTask task : claimed) {
                storeAll(runner, succeeded(task.ref()));
            }
        }
    }

    private void passDays(int days) {
        subject.advance(DAY.multipliedBy(days));
        runner = runner();
    }

    private void assertKept(String... names) {
        assertThat(store.find(Scope.ALL, List.of(names).stream().map(Draft::id).toList()))
                .hasSize(names.length);
    }

    @Test
    void whatEndedLongAgoIsRemovedAndCounted() {
        finish(alone(many("old", 30)));
        finish(limited("batch-1", 1, task("b1"), task("b2").dependsOn("b1")));
        passDays(1);
        finish(alone(task("young")));
        submit(task("open"));

        assertThat(purging.purge(A_DAY)).isEqualTo(32);

        assertKept("young", "open");
        assertThat(store.counts(Scope.ALL)).containsOnlyKeys(TaskState.SUCCEEDED, TaskState.READY);
        assertThat(store.batch(Scope.ALL, new BatchId("batch-1"))).isEmpty();
        assertThat(store.feed(Scope.ALL, 10, null).rows()).hasSize(2);
        assertThat(purging.purge(A_DAY)).isZero();
    }

    @Test
    void whatUnfinishedWorkWasMadeFromIsKept() {
        finish(alone(task("root")));
        finish(alone(task("middle").parent("root")));
        submit(task("leaf").parent("middle"));
        passDays(2);

        assertThat(purging.purge(A_DAY)).isZero();
        assertThat(store.chain(Scope.ALL, id("leaf"), 100, true).orElseThrow().tasks())
                .hasSize(3);

        storeAll(runner, succeeded(claimOnly(runner).ref()));
        passDays(2);
        assertThat(purging.purge(A_DAY)).isEqualTo(3);
    }

    @Test
    void whatYoungerWorkWasMadeFromIsKept() {
        finish(alone(task("root")));
        passDays(2);
        finish(alone(task("leaf").parent("root")));

        assertThat(purging.purge(A_DAY)).isZero();
        assertKept("root", "leaf");
    }

    @Test
    void batchIsKeptAsLongAsAnyOfItIsYoungOrUnfinished() {
        submit(limited("batch-1", 1, task("a"), task("b"), task("c")));
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        passDays(2);
        assertThat(purging.purge(A_DAY)).as("b and c are unfinished").isZero();

        storeAll(runner, succeeded(claimOnly(runner).ref()));
        storeAll(runner, failed(claimOnly(runner).ref()));
        assertThat(purging.purge(A_DAY)).as("b and c are young").isZero();
        assertKept("a", "b", "c");

        passDays(2);
        assertThat(purging.purge(A_DAY)).isEqualTo(3);
        assertThat(store.summary(Scope.ALL, new BatchId("batch-1"))).isEmpty();
    }

    @Test
    void whatUnfinishedWorkDependsOnIsKept() {
        finish(alone(task("gone")));
        submit(task("needed"), task("open"), task("waits").dependsOn("needed", "open"));
        var claimed = runner.claim(10);
        storeAll(runner, succeeded(claimed.get(0).ref()), retry(claimed.get(1).ref(), DAY.multipliedBy(30)));
        assertThat(state("waits")).isEqualTo(TaskState.WAITING);
        passDays(3);

        assertThat(purging.purge(A_DAY)).isEqualTo(1);

        assertKept("needed", "open", "waits");
    }

    @Test
    void deletedTaskIsRemovedThoughItHasChildren() {
        finish(alone(task("root")));
        submit(task("leaf").parent("root"));
        store.delete(Scope.ALL, id("root"));
        passDays(2);

        assertThat(purging.purge(A_DAY)).isEqualTo(1);
        assertKept("leaf");
    }

    @Test
    void purgedKeyIsFree() {
        finish(alone(task("a").once("key", "hash")));
        passDays(2);
        purging.purge(A_DAY);

        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).isEmpty();
        assertThat(submit(task("b").once("key", "other")).existing()).isEmpty();
    }

    @Test
    void outcomeOfAPurgedTaskIsFenced() {
        submit(task("a"));
        var ref = claimOnly(runner).ref();
        store.cancel(Scope.ALL, id("a"));
        var late = runner;
        passDays(2);
        assertThat(purging.purge(A_DAY)).isEqualTo(1);

        assertThat(storeOutcome(late, succeeded(ref))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(exists("a")).isFalse();
    }

    @Test
    void retentionOfNothingKeepsWhatHasNotEnded() {
        finish(alone(task("a")));
        submit(task("ready"), task("waits").dependsOn("ready"));
        subject.advance(Duration.ofSeconds(1));

        assertThat(purging.purge(Retention.of(Duration.ZERO))).isEqualTo(1);
        assertKept("ready", "waits");
    }

    @Test
    void retentionLongerThanTimeCanTellKeepsEverything() {
        finish(alone(task("old")));
        passDays(10_000);

        assertThat(purging.purge(Retention.of(Duration.ofSeconds(Long.MAX_VALUE))))
                .isZero();
        assertKept("old");
    }

    @Test
    void batchesStoredAfterAPurgeAreAsAnyOther() {
        finish(batch("batch-1", task("a")));
        passDays(2);
        purging.purge(A_DAY);

        submit(batch("batch-1", task("a"), task("b")));

        assertThat(batchRow("batch-1").counts().size()).isEqualTo(2);
    }
}
