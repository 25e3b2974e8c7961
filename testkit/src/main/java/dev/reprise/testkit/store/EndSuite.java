package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Ends.in;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.unstorable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every end comes out of what brought it, once, as one value; with it the ends of all that followed. */
public abstract class EndSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected EndSuite() {}

    /** Followers: one in the batch, one after that in no batch, one of another batch. */
    private void follow(String name) {
        submit(batch("of-" + name, task(name), task(name + "-next").dependsOn(name)));
        submit(task(name + "-alone").dependsOn(name + "-next"));
        submit(batch("after-" + name, task(name + "-other").dependsOn(name), task(name + "-goes-on")));
        store.cancel(Scope.ALL, id(name + "-goes-on"));
    }

    private static List<TaskEnd> followers(String name) {
        return List.of(
                in("of-" + name, Ends.skipped(name + "-next", Reason.DEPENDENCY)),
                Ends.skipped(name + "-alone", Reason.DEPENDENCY),
                in("after-" + name, Ends.skipped(name + "-other", Reason.DEPENDENCY)));
    }

    private void assertEnds(List<TaskEnd> ends, String name, TaskEnd first) {
        var all = new ArrayList<>(followers(name));
        all.add(in("of-" + name, first));
        assertThat(ends).containsExactlyInAnyOrderElementsOf(all);
        for (TaskEnd end : ends) {
            var row = row(end.id().value());
            assertThat(row.state()).isEqualTo(end.state());
            assertThat(row.status().reason()).isEqualTo(end.reason());
            assertThat(row.status().failure()).isEqualTo(end.failure());
            assertThat(row.times().finishedAt())
                    .as("of one moment")
                    .isEqualTo(row(name).times().finishedAt());
        }
    }

    @Test
    void outcomesTellTheEndsTheyBring() {
        var runner = runner();
        submit(batch("batch-1", task("good").priority(2), task("next").dependsOn("good"), task("bad")));
        var good = runner.claim(1).get(0);
        var bad = claimOnly(runner);

        var stored = runner.storeOutcomes(List.of(Outcomes.succeeded(good.ref()), Outcomes.cancelled(bad.ref())));

        assertThat(stored.ends())
                .containsExactlyInAnyOrder(in("batch-1", Ends.succeeded("good")), in("batch-1", Ends.cancelled("bad")));
        assertThat(state("next")).isEqualTo(TaskState.READY);
    }

    @Test
    void failureTellsWhatFollowsFromIt() {
        var runner = runner();
        follow("a");

        var ends = storeAll(runner, Outcomes.failed(claimOnly(runner).ref()));

        assertEnds(ends, "a", Ends.failed("a"));
    }

    @Test
    void outcomeThatEndsNothingTellsNoEnd() {
        var runner = runner();
        follow("a");
        assertThat(storeAll(runner, retry(claimOnly(runner).ref(), Duration.ZERO)))
                .isEmpty();
        assertThat(storeAll(runner, Outcomes.parked(claimOnly(runner).ref(), Reason.UNKNOWN_PROVIDER.of("fake"))))
                .isEmpty();
    }

    @Test
    void outcomeStoredAgainTellsNoEnd() {
        var runner = runner();
        follow("a");
        var outcome = Outcomes.failed(claimOnly(runner).ref());

        assertThat(runner.storeOutcomes(List.of(outcome, outcome)).ends()).hasSize(4);
        assertThat(runner.storeOutcomes(List.of(outcome)).ends()).isEmpty();
    }

    @Test
    void outcomeThatComesTooLateTellsNoEnd() {
        var runner = runner();
        follow("a");
        var ref = claimOnly(runner).ref();
        store.cancel(Scope.ALL, id("a"));

        assertThat(runner.storeOutcomes(List.of(Outcomes.succeeded(ref))).ends())
                .isEmpty();
    }

    @Test
    void outcomeThatCannotBeStoredTellsTheStoresFailure() {
        var runner = runner();
        follow("a");
        TaskOutcome outcome = unstorable(claimOnly(runner).ref());

        assertEnds(runner.storeOutcomes(List.of(outcome)).ends(), "a", Ends.failed("a", Reason.UNSTORABLE));
        assertThat(runner.storeOutcomes(List.of(outcome)).ends()).isEmpty();
    }

    @Test
    void deadlineTellsWhatFollowsFromIt() {
        var runner = runner();
        submit(batch(
                "of-a",
                task("a").deadline(Duration.ofMinutes(1)),
                task("a-next").dependsOn("a")));
        submit(task("a-alone").dependsOn("a-next"));
        submit(batch("after-a", task("a-other").dependsOn("a")));
        pass(runner, Duration.ofMinutes(1));

        assertEnds(runner.expire(), "a", Ends.failed("a", Reason.DEADLINE));
        assertThat(runner.expire()).isEmpty();
    }

    @Test
    void deathOfARunnerTellsTheEndsItBrings() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submit(batch("of-a", task("a").failsOnCrash(), task("a-next").dependsOn("a")));
        submit(task("a-alone").dependsOn("a-next"));
        submit(batch("after-a", task("a-other").dependsOn("a")));
        claimOnly(dead);

        assertEnds(dieAndReap(dead, observer).ends(), "a", Ends.failed("a", Reason.CRASHED));
        assertThat(observer.reap().ends()).isEmpty();
    }

    @Test
    void cancelTellsWhatFollowsFromIt() {
        follow("a");

        assertEnds(store.cancel(Scope.ALL, id("a")).orElseThrow().ends(), "a", Ends.cancelled("a"));
        assertThat(store.cancel(Scope.ALL, id("a")).orElseThrow().ends()).isEmpty();
    }

    @Test
    void deleteTellsWhatFollowsFromIt() {
        follow("a");

        var ends = store.delete(Scope.ALL, id("a")).orElseThrow().ends();

        var expected = new ArrayList<>(followers("a"));
        expected.add(in("of-a", Ends.cancelled("a")));
        assertThat(ends).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(store.delete(Scope.ALL, id("a-next")).orElseThrow().ends()).isEmpty();
    }

    @Test
    void cancelledBatchTellsAllThatEnds() {
        follow("a");

        assertThat(store.cancel(Scope.ALL, new BatchId("of-a")).orElseThrow().ends())
                .containsExactlyInAnyOrder(
                        in("of-a", Ends.cancelled("a")),
                        in("of-a", Ends.cancelled("a-next")),
                        Ends.skipped("a-alone", Reason.DEPENDENCY),
                        in("after-a", Ends.skipped("a-other", Reason.DEPENDENCY)));
    }

    @Test
    void failureTellsWhatItsBatchSkipsAndWhatFollowsFromThat() {
        var runner = runner();
        submit(batch(
                Draft.OWNER,
                new NewBatch(new BatchId("batch-1"), null, 2, true),
                task("fails").priority(9),
                task("runs").priority(8),
                task("held"),
                task("waits").dependsOn("held")));
        submit(task("outside").dependsOn("held"));
        var fails = runner.claim(1).get(0).ref();
        var runs = claimOnly(runner).ref();

        assertThat(storeAll(runner, Outcomes.failed(fails)))
                .containsExactlyInAnyOrder(
                        in("batch-1", Ends.failed("fails")),
                        in("batch-1", Ends.skipped("held", Reason.STOPPED)),
                        in("batch-1", Ends.skipped("waits", Reason.STOPPED)),
                        Ends.skipped("outside", Reason.DEPENDENCY));
        assertThat(storeAll(runner, retry(runs, Duration.ofMinutes(1))))
                .containsExactly(in("batch-1", Ends.skipped("runs", Reason.STOPPED)));
    }

    @Test
    void endSaysWhoseTheTaskWas() {
        var other = Owner.of("owner-2");
        submit(Draft.alone(other, task("theirs")));

        assertThat(store.cancel(Scope.ALL, id("theirs")).orElseThrow().ends())
                .containsExactly(new TaskEnd(id("theirs"), other, null, 1, TaskState.CANCELLED, null, null));
    }

    @Test
    void manyFollowersAreAllTold() {
        var runner = runner();
        var drafts = Draft.many("t", 150);
        for (int i = 1; i < drafts.length; i++) {
            drafts[i].dependsOn(drafts[i - 1].name());
        }
        submit(batch("batch-1", drafts));

        assertThat(storeAll(runner, Outcomes.failed(claimOnly(runner).ref())))
                .hasSize(150)
                .doesNotHaveDuplicates();
        assertThat(batchRow("batch-1").counts().skipped()).isEqualTo(149);
    }
}
