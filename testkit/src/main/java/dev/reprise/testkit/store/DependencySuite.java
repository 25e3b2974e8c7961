package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tasks that need others first: released together with the last, skipped with the first that does not succeed. */
public abstract class DependencySuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected DependencySuite() {}

    @Test
    void dependentWaitsForItsParentAndIsReleasedWithItsEnd() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b").dependsOn("a")));
        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.WAITING);
        var a = claimOnly(runner);

        storeAll(runner, succeeded(a.ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
        assertThat(claimOnly(runner).row().id()).isEqualTo(id("b"));
    }

    @Test
    void joinWaitsForTheLastOfItsParents() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b"), task("c"), task("join").dependsOn("a", "b", "c")));
        var refs = claimAll(runner);

        storeAll(runner, succeeded(ref(refs, "b")));
        assertThat(state("join")).isEqualTo(TaskState.WAITING);
        storeAll(runner, succeeded(ref(refs, "a")));
        assertThat(state("join")).isEqualTo(TaskState.WAITING);
        storeAll(runner, succeeded(ref(refs, "c")));
        assertThat(state("join")).isEqualTo(TaskState.READY);
    }

    @Test
    void parentsThatEndInOneCallReleaseTheirJoin() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b"), task("join").dependsOn("a", "b")));
        var refs = claimAll(runner);

        storeAll(runner, succeeded(ref(refs, "a")), succeeded(ref(refs, "b")));

        assertThat(state("join")).isEqualTo(TaskState.READY);
    }

    @Test
    void parentNamedTwiceCountsOnce() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b").dependsOn("a", "a")));

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
    }

    @Test
    void outcomeStoredTwiceReleasesOnce() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b"), task("join").dependsOn("a", "b")));
        var refs = claimAll(runner);
        var outcome = succeeded(ref(refs, "a"));

        storeOutcome(runner, outcome);
        storeOutcome(runner, outcome);

        assertThat(state("join")).isEqualTo(TaskState.WAITING);
    }

    @Test
    void retryOfAParentNeitherReleasesNorSkips() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b").dependsOn("a")));

        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ZERO));
        assertThat(state("b")).isEqualTo(TaskState.WAITING);

        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(state("b")).isEqualTo(TaskState.READY);
    }

    @Test
    void failureSkipsAllThatDependOnItHoweverFar() {
        var runner = runner();
        submit(batch(
                "plan",
                task("a"),
                task("b").dependsOn("a"),
                task("c").dependsOn("b"),
                task("d").dependsOn("c", "other"),
                task("other"),
                task("e").dependsOn("other")));
        var refs = claimAll(runner);

        storeAll(runner, failed(ref(refs, "a")));

        assertThat(states("b", "c", "d")).containsOnly(TaskState.SKIPPED);
        for (String name : new String[] {"b", "c", "d"}) {
            assertThat(row(name).status().reason()).isEqualTo(Reason.DEPENDENCY.plain());
            assertThat(row(name).times().finishedAt()).isNotNull();
        }
        assertThat(states("other", "e")).containsExactly(TaskState.RUNNING, TaskState.WAITING);
        storeAll(runner, succeeded(ref(refs, "other")));
        assertThat(states("d", "e")).containsExactly(TaskState.SKIPPED, TaskState.READY);
    }

    @Test
    void skippedJoinIsNotReleasedByItsOtherParent() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b"), task("join").dependsOn("a", "b")));
        var refs = claimAll(runner);

        storeAll(runner, failed(ref(refs, "a")));
        assertThat(state("join")).isEqualTo(TaskState.SKIPPED);
        storeAll(runner, succeeded(ref(refs, "b")));
        assertThat(state("join")).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void parentsThatEndDifferentlyInOneCallSkipTheirJoin() {
        var runner = runner();
        submit(batch("plan", task("a"), task("b"), task("join").dependsOn("a", "b")));
        var refs = claimAll(runner);

        storeAll(runner, succeeded(ref(refs, "a")), failed(ref(refs, "b")));

        assertThat(state("join")).isEqualTo(TaskState.SKIPPED);
    }

    @Test
    void diamondRunsItsLastTaskOnce() {
        var runner = runner();
        submit(batch(
                "plan",
                task("top"),
                task("left").dependsOn("top"),
                task("right").dependsOn("top"),
                task("bottom").dependsOn("left", "right")));
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        var sides = claimAll(runner);
        assertThat(sides).containsOnlyKeys("left", "right");
        storeAll(runner, succeeded(ref(sides, "left")));
        storeAll(runner, succeeded(ref(sides, "right")));

        assertThat(claimOnly(runner).row().id()).isEqualTo(id("bottom"));
        assertThat(row("bottom").counters().attempts()).isEqualTo(1);
    }

    @Test
    void cancelledDeletedOrCrashedParentSkipsItsDependents() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(task("cancelled"), task("after-cancelled").dependsOn("cancelled"));
        submit(task("deleted"), task("after-deleted").dependsOn("deleted"));
        store.cancel(Scope.ALL, id("cancelled"));
        store.delete(Scope.ALL, id("deleted"));
        submit(task("crashed").failsOnCrash(), task("after-crashed").dependsOn("crashed"));
        claimOnly(dead);
        dieAndReap(dead, observer);

        assertThat(states("after-cancelled", "after-deleted", "after-crashed")).containsOnly(TaskState.SKIPPED);
        assertThat(row("after-crashed").status().reason()).isEqualTo(Reason.DEPENDENCY.plain());
    }

    @Test
    void cancelledDependentIsNotReleased() {
        var runner = runner();
        submit(task("a"), task("b").dependsOn("a"));
        store.cancel(Scope.ALL, id("b"));

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void taskMayDependOnOneStoredBefore() {
        var runner = runner();
        var running = submitAndClaim(runner, task("running"));
        submit(task("after").dependsOn("running"));
        submit(task("after-that").dependsOn("after", "running"));
        assertThat(states("after", "after-that")).containsOnly(TaskState.WAITING);

        storeAll(runner, succeeded(running.ref()));

        assertThat(states("after", "after-that")).containsExactly(TaskState.READY, TaskState.WAITING);
    }

    @Test
    void dependencyOnATaskThatHasSucceededIsMetAlready() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("done")).ref()));

        submit(task("a"), task("after").dependsOn("done"), task("join").dependsOn("done", "a"));

        assertThat(states("after", "join")).containsExactly(TaskState.READY, TaskState.WAITING);
    }

    @Test
    void dependencyOnATaskThatDidNotSucceedSkipsAtOnce() {
        var runner = runner();
        storeAll(runner, failed(submitAndClaim(runner, task("failed")).ref()));

        submit(task("after-that").dependsOn("after"), task("after").dependsOn("failed"));

        assertThat(states("after", "after-that")).containsOnly(TaskState.SKIPPED);
        assertThat(row("after").status().reason()).isEqualTo(Reason.DEPENDENCY.plain());
    }

    @Test
    void releasedTaskOfALimitedBatchTakesAPlaceOrIsHeld() {
        var runner = runner();
        submit(limited("plan", 1, task("a"), task("b"), task("after-a").dependsOn("a")));
        assertThat(states("a", "b", "after-a")).containsExactly(TaskState.READY, TaskState.HELD, TaskState.WAITING);

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(states("b", "after-a")).containsExactly(TaskState.READY, TaskState.HELD);
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(states("a", "b", "after-a")).containsOnly(TaskState.SUCCEEDED);
    }

    @Test
    void skippedTaskOfALimitedBatchKeepsNobodyOut() {
        var runner = runner();
        submit(limited("plan", 1, task("a"), task("after-a").dependsOn("a"), task("b")));

        storeAll(runner, failed(claimOnly(runner).ref()));

        assertThat(states("after-a", "b")).containsExactly(TaskState.SKIPPED, TaskState.READY);
    }

    @Test
    void dependentsOfACancelledBatchAreCancelledWithIt() {
        submit(batch("plan", task("a"), task("b").dependsOn("a"), task("c").dependsOn("b")));
        submit(task("outside").dependsOn("c"));

        store.cancel(Scope.ALL, new BatchId("plan"));

        assertThat(states("a", "b", "c")).containsOnly(TaskState.CANCELLED);
        assertThat(state("outside")).isEqualTo(TaskState.SKIPPED);
    }

    private static Map<String, TaskRef> claimAll(RunnerSession runner) {
        return runner.claim(100).stream()
                .collect(Collectors.toMap(task -> task.row().id().value(), ClaimedTask::ref));
    }

    private static TaskRef ref(Map<String, TaskRef> claimed, String name) {
        var ref = claimed.get(name);
        if (ref == null) {
            throw new AssertionError(name + " was not claimed: " + claimed.keySet());
        }
        return ref;
    }
}
