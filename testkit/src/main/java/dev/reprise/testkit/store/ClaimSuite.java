package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.Reason;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets which task: order, bounds, one winner, and claims that are given back. */
public abstract class ClaimSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected ClaimSuite() {}

    @Test
    void higherPriorityGoesFirstThenTheOlder() {
        submit(task("old"));
        submit(task("older-but-low").priority(-1));
        submit(task("urgent").priority(5));
        submit(task("young"));
        submit(task("urgent-too").priority(5));

        assertThat(claimedNames(runner().claim(10)))
                .containsExactly("urgent", "urgent-too", "old", "young", "older-but-low");
    }

    @Test
    void claimIsBoundedAndTheRestStaysReady() {
        submit(task("a"));
        submit(task("b"));
        submit(task("c"));
        var runner = runner();

        assertThat(claimedNames(runner.claim(2))).containsExactly("a", "b");
        assertThat(state("c")).isEqualTo(TaskState.READY);
        assertThat(claimedNames(runner.claim(2))).containsExactly("c");
        assertThat(runner.claim(2)).isEmpty();
    }

    @Test
    void ageIsCountedFromCreationAlsoAfterARetry() {
        var runner = runner();
        var first = submitAndClaim(runner, task("first"));
        submit(task("second"));
        storeAll(runner, retry(first.ref(), Duration.ZERO));

        assertThat(claimedNames(runner.claim(2))).containsExactly("first", "second");
    }

    @Test
    void twoRunnersNeverShareATask() {
        submit(many("t", 30));
        var one = runner();
        var two = runner(subject.openSecond());

        var seen = new HashSet<String>();
        for (int i = 0; i < 5; i++) {
            one.claim(3)
                    .forEach(task ->
                            assertThat(seen.add(task.row().id().value())).isTrue());
            two.claim(3)
                    .forEach(task ->
                            assertThat(seen.add(task.row().id().value())).isTrue());
        }

        assertThat(seen).hasSize(30);
        assertThat(one.beat().held()).hasSize(15);
        assertThat(two.beat().held()).hasSize(15);
    }

    @Test
    void onlyReadyTasksAreClaimed() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("succeeded")).ref()));
        storeAll(runner, parked(submitAndClaim(runner, task("parked")).ref(), Reason.UNREADABLE.plain()));
        storeAll(runner, retry(submitAndClaim(runner, task("scheduled")).ref(), Duration.ofHours(1)));
        submitAndClaim(runner, task("running"));
        submit(task("waiting").dependsOn("running"));
        submit(Draft.limited("batch-1", 1, task("place"), task("held")));
        assertThat(claimedNames(runner.claim(1))).containsExactly("place");

        assertThat(runner.claim(10)).isEmpty();
        assertThat(states("succeeded", "parked", "scheduled", "running", "waiting", "held"))
                .containsExactly(
                        TaskState.SUCCEEDED,
                        TaskState.PARKED,
                        TaskState.SCHEDULED,
                        TaskState.RUNNING,
                        TaskState.WAITING,
                        TaskState.HELD);
    }

    @Test
    void epochAndAttemptNumberGrowWithEveryClaim() {
        var one = runner();
        var two = runner(subject.openSecond());
        var first = submitAndClaim(one, task("a"));
        storeAll(one, retry(first.ref(), Duration.ZERO));

        var second = claimOnly(two);

        assertThat(first.row().status().epoch()).isEqualTo(1);
        assertThat(second.row().status()).isEqualTo(new TaskStatus(TaskState.RUNNING, null, null, 1, 2, two.id()));
        assertThat(second.row().counters()).isEqualTo(new Counters(2, 1, 0, 0, 0));
        assertThat(second.row().times().createdAt())
                .isEqualTo(first.row().times().createdAt());
    }

    @Test
    void handedBackTaskIsReadyWithItsAttemptNumberReturned() {
        var one = runner();
        var claimed = submitAndClaim(one, task("a"));

        one.handBack(List.of(claimed.ref()));

        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(row("a").status().runner()).isNull();
        assertThat(row("a").counters()).isEqualTo(Counters.NONE);
        assertThat(read("a").attempts()).isEmpty();
        assertThat(one.beat().held()).isEmpty();
        var again = claimOnly(runner(subject.openSecond()));
        assertThat(again.row().status().epoch())
                .as("the fence grows with every claim")
                .isEqualTo(2);
        assertThat(again.row().counters().attempts()).isEqualTo(1);
    }

    @Test
    void handBackRepeatedHasTheEffectOfOne() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        storeAll(runner, retry(claimed.ref(), Duration.ZERO));
        var second = claimOnly(runner).ref();

        runner.handBack(List.of(second));
        runner.handBack(List.of(second));

        assertThat(row("a").counters().attempts()).isEqualTo(1);
    }

    @Test
    void handBackIsFenced() {
        var one = runner();
        var two = runner(subject.openSecond());
        var first = submitAndClaim(one, task("a"));
        storeAll(one, retry(first.ref(), Duration.ZERO));
        var second = claimOnly(two);

        one.handBack(List.of(first.ref()));
        one.handBack(List.of(second.ref()));
        two.handBack(List.of(first.ref(), new TaskRef(second.ref().id(), 3)));
        two.handBack(List.of());

        assertThat(row("a")).isEqualTo(second.row());
    }

    @Test
    void handBackOfSeveralTakesThoseThatAreStillHeld() {
        var runner = runner();
        submit(many("t", 4));
        var refs = runner.claim(4).stream().map(ClaimedTask::ref).toList();
        storeAll(runner, succeeded(refs.get(1)));

        runner.handBack(refs);

        assertThat(states("t0000", "t0001", "t0002", "t0003"))
                .containsExactly(TaskState.READY, TaskState.SUCCEEDED, TaskState.READY, TaskState.READY);
    }
}
