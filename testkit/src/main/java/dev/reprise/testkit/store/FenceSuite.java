package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.spending;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes that come too late, twice, or from the wrong runner: the task is not touched, the money is seen. */
public abstract class FenceSuite extends StoreSuite {

    private static final Usage OTHER = new Usage(1_000, 1_000, 0, 0);

    /** For a suite with a subclass. */
    protected FenceSuite() {}

    @Test
    void lateOutcomeClosesItsAttemptOnceWithItsUsage() {
        var slow = runner();
        var fast = runner(subject.openSecond());
        var claimed = submitAndClaim(slow, task("a"));
        dieAndReap(slow, fast);
        var taken = row("a");

        assertThat(storeOutcome(slow, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(row("a")).as("the task is not touched").isEqualTo(taken);
        assertThat(read("a").result()).isNull();
        assertThat(onlyAttempt("a"))
                .returns(1L, AttemptRow::epoch)
                .returns(1, AttemptRow::number)
                .returns(AttemptOutcome.LATE, AttemptRow::outcome)
                .returns(SPENT, AttemptRow::usage);

        assertThat(storeOutcome(slow, spending(failed(claimed.ref()), OTHER))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(onlyAttempt("a").usage()).as("closed once").isEqualTo(SPENT);
    }

    @Test
    void lateOutcomeComesAfterTheTaskHasEndedElsewhere() {
        var slow = runner();
        var fast = runner(subject.openSecond());
        var late = submitAndClaim(slow, task("a"));
        dieAndReap(slow, fast);
        var winner = claimOnly(fast);
        storeAll(fast, succeeded(winner.ref()));
        var ended = row("a");

        assertThat(storeOutcome(slow, spending(succeeded(late.ref()), OTHER))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(row("a")).isEqualTo(ended);
        assertThat(read("a").result()).isEqualTo(Outcomes.result(winner.ref()));
        assertThat(read("a").attempts())
                .extracting(AttemptRow::epoch, AttemptRow::outcome, AttemptRow::usage)
                .containsExactly(tuple(1L, AttemptOutcome.LATE, OTHER), tuple(2L, AttemptOutcome.SUCCEEDED, SPENT));
    }

    @Test
    void lateOutcomeWhileAnotherRunsIsFencedAndTheOtherGoesOn() {
        var slow = runner();
        var fast = runner(subject.openSecond());
        var late = submitAndClaim(slow, task("a"));
        dieAndReap(slow, fast);
        var winner = claimOnly(fast);

        assertThat(storeOutcome(slow, retry(late.ref(), Duration.ofHours(1)))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(row("a")).isEqualTo(winner.row());
        assertThat(storeOutcome(fast, succeeded(winner.ref()))).isEqualTo(OutcomeReceipt.STORED);
    }

    @Test
    void lateOutcomeRepeatedIsFencedAgain() {
        var slow = runner();
        var fast = runner(subject.openSecond());
        var outcome = succeeded(submitAndClaim(slow, task("a")).ref());
        dieAndReap(slow, fast);

        assertThat(storeOutcome(slow, outcome)).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(storeOutcome(slow, outcome)).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(onlyAttempt("a").usage()).isEqualTo(SPENT);
    }

    @Test
    void outcomeOfACancelledTaskClosesItsAttemptAsCancelledWithItsUsage() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        store.cancel(Scope.ALL, id("a"));
        assertThat(onlyAttempt("a"))
                .returns(AttemptOutcome.CANCELLED, AttemptRow::outcome)
                .returns(Usage.NONE, AttemptRow::usage);

        assertThat(storeOutcome(runner, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(state("a")).isEqualTo(TaskState.CANCELLED);
        assertThat(read("a").result()).isNull();
        assertThat(onlyAttempt("a"))
                .returns(1L, AttemptRow::epoch)
                .returns(AttemptOutcome.CANCELLED, AttemptRow::outcome)
                .returns(SPENT, AttemptRow::usage);

        assertThat(storeOutcome(runner, spending(failed(claimed.ref()), OTHER))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(onlyAttempt("a").usage()).as("added once").isEqualTo(SPENT);
    }

    @Test
    void retryOfACancelledTaskDoesNotBringItBack() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        store.cancel(Scope.ALL, id("a"));

        assertThat(storeOutcome(runner, retry(claimed.ref(), Duration.ZERO))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(state("a")).isEqualTo(TaskState.CANCELLED);
        assertThat(runner.claim(1)).isEmpty();
    }

    @Test
    void outcomeOfADeletedTaskIsFencedAndLeavesNoTrace() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        store.delete(Scope.ALL, id("a"));

        assertThat(storeOutcome(runner, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(exists("a")).isFalse();
        assertThat(store.counts(Scope.ALL)).isEmpty();
    }

    @Test
    void outcomeStoredBeforeIsRecognisedByItsNonce() {
        var runner = runner();
        var outcome = succeeded(submitAndClaim(runner, task("a")).ref());
        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.STORED);
        var stored = read("a");

        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);
        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);

        assertThat(read("a")).isEqualTo(stored);
    }

    @Test
    void retryStoredBeforeIsRecognisedAlsoWhenTheTaskRunsAgain() {
        var one = runner();
        var two = runner(subject.openSecond());
        var outcome = retry(submitAndClaim(one, task("a")).ref(), Duration.ZERO);
        storeAll(one, outcome);
        assertThat(storeOutcome(one, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);
        var again = claimOnly(two);

        assertThat(storeOutcome(one, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);

        assertThat(row("a")).isEqualTo(again.row());
        assertThat(row("a").counters().failures()).isEqualTo(1);
        assertThat(read("a").attempts()).hasSize(1);
    }

    @Test
    void sameOutcomeTwiceInOneCallIsStoredOnce() {
        var runner = runner();
        var outcome = retry(submitAndClaim(runner, task("a")).ref(), Duration.ZERO);

        assertThat(runner.storeOutcomes(List.of(outcome, outcome)).receipts())
                .containsExactly(OutcomeReceipt.STORED, OutcomeReceipt.ALREADY_STORED);

        assertThat(row("a").counters().failures()).isEqualTo(1);
    }

    @Test
    void anotherOutcomeOfTheSameClaimIsFenced() {
        var runner = runner();
        var ref = submitAndClaim(runner, task("a")).ref();
        storeAll(runner, succeeded(ref));
        var stored = read("a");

        assertThat(storeOutcome(runner, spending(failed(ref), OTHER))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(read("a")).isEqualTo(stored);
    }

    @Test
    void callMadeAfterItsClaimWasHandedBackKeepsWhatItSpent() {
        var runner = runner();
        var first = submitAndClaim(runner, task("a")).ref();
        runner.handBack(List.of(first));
        var second = claimOnly(runner);

        assertThat(storeOutcome(runner, succeeded(first))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(row("a")).isEqualTo(second.row());
        assertThat(onlyAttempt("a"))
                .returns(1L, AttemptRow::epoch)
                .returns(AttemptOutcome.LATE, AttemptRow::outcome)
                .returns(SPENT, AttemptRow::usage);
        assertThat(storeOutcome(runner, spending(succeeded(first), OTHER))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(onlyAttempt("a").usage()).as("recorded once").isEqualTo(SPENT);
        storeAll(runner, succeeded(second.ref()));
        assertThat(summary("a").usage()).isEqualTo(SPENT.plus(SPENT));
    }

    @Test
    void outcomeOfARunnerThatDoesNotHaveTheTaskIsFenced() {
        var one = runner();
        var two = runner(subject.openSecond());
        var claimed = submitAndClaim(one, task("a"));

        assertThat(storeOutcome(two, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(storeOutcome(one, succeeded(new TaskRef(id("a"), 2)))).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(storeOutcome(one, succeeded(new TaskRef(id("nobody"), 1)))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(read("a").attempts()).as("who has it records it").isEmpty();
        assertThat(row("a")).isEqualTo(claimed.row());
        assertThat(storeOutcome(one, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.STORED);
        assertThat(onlyAttempt("a").outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
    }

    @Test
    void outcomeOfAClaimThatWasNeverMadeLeavesNoTrace() {
        var runner = runner();
        var ref = submitAndClaim(runner, task("a")).ref();
        runner.handBack(List.of(ref));

        assertThat(storeOutcome(runner, succeeded(new TaskRef(ref.id(), 2)))).isEqualTo(OutcomeReceipt.FENCED);

        assertThat(read("a").attempts()).isEmpty();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void lateOutcomeTellsWhetherItsClaimOrOnlyItsTaskWasCancelled() {
        var dead = runner();
        var runner = runner(subject.openSecond());
        var reaped = submitAndClaim(dead, task("reaped")).ref();
        dieAndReap(dead, runner);
        var back = runner.claim(1).get(0).ref();
        runner.handBack(List.of(back));
        store.cancel(Scope.ALL, id("reaped"));

        storeOutcome(dead, succeeded(reaped));
        storeOutcome(runner, succeeded(back));

        assertThat(read("reaped").attempts())
                .extracting(AttemptRow::epoch, AttemptRow::outcome)
                .containsExactly(tuple(1L, AttemptOutcome.LATE), tuple(2L, AttemptOutcome.CANCELLED));
    }

    @Test
    void outcomeIsFencedByTheClaimAndNeverByTheLease() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        subject.advance(LEASE.multipliedBy(10));

        assertThat(storeOutcome(runner, succeeded(claimed.ref()))).isEqualTo(OutcomeReceipt.STORED);
    }

    @Test
    void fencedOutcomeDoesNotKeepItsNeighboursFromBeingStored() {
        var runner = runner();
        var a = submitAndClaim(runner, task("a")).ref();
        var b = submitAndClaim(runner, task("b")).ref();
        var c = submitAndClaim(runner, task("c")).ref();
        store.cancel(Scope.ALL, id("b"));

        assertThat(runner.storeOutcomes(
                                List.of(succeeded(a), succeeded(b), succeeded(new TaskRef(id("x"), 1)), failed(c)))
                        .receipts())
                .containsExactly(
                        OutcomeReceipt.STORED, OutcomeReceipt.FENCED, OutcomeReceipt.FENCED, OutcomeReceipt.STORED);
        assertThat(states("a", "b", "c")).containsExactly(TaskState.SUCCEEDED, TaskState.CANCELLED, TaskState.FAILED);
    }

    @Test
    void nothingToStoreIsNothing() {
        assertThat(runner().storeOutcomes(List.of())).isEqualTo(new StoredOutcomes(List.of(), List.of()));
    }
}
