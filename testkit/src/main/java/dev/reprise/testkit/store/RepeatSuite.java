package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failedUnsent;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static dev.reprise.testkit.store.Outcomes.unstorable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes that are stored again because an answer was lost, where no attempt tells that they were. */
public abstract class RepeatSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected RepeatSuite() {}

    private static TaskOutcome unsent(TaskRef ref, Next next) {
        return new TaskOutcome(ref, Outcomes.nonce(), null, next);
    }

    /** Stores an outcome twice, which must have the effect of once. */
    private void assertRecognised(RunnerSession runner, TaskOutcome outcome) {
        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.STORED);
        var stored = store.find(Scope.ALL, outcome.ref().id());
        assertThat(stored.orElseThrow().attempts()).isEmpty();

        var again = runner.storeOutcomes(List.of(outcome));

        assertThat(again.receipts()).containsExactly(OutcomeReceipt.ALREADY_STORED);
        assertThat(again.ends()).isEmpty();
        assertThat(store.find(Scope.ALL, outcome.ref().id())).isEqualTo(stored);
    }

    @Test
    void outcomeWithoutACallIsRecognisedByWhereItsTaskStands() {
        var runner = runner();
        assertRecognised(
                runner, failedUnsent(submitAndClaim(runner, task("failed")).ref()));
        assertRecognised(
                runner,
                unsent(
                        submitAndClaim(runner, task("cancelled")).ref(),
                        new Next.Finish(TaskState.CANCELLED, Draft.bytes("cancelled"), null)));
        assertRecognised(
                runner, parked(submitAndClaim(runner, task("parked")).ref(), Reason.UNKNOWN_PROVIDER.of("acme")));
        assertRecognised(
                runner,
                unsent(submitAndClaim(runner, task("scheduled")).ref(), new Next.Retry(Duration.ofMinutes(1), null)));
        assertRecognised(
                runner, unsent(submitAndClaim(runner, task("ready")).ref(), new Next.Retry(Duration.ZERO, null)));
    }

    @Test
    void outcomeWithoutACallIsFencedWhenItsTaskStandsElsewhere() {
        var runner = runner();
        var finish = failedUnsent(submitAndClaim(runner, task("finish")).ref());
        var park = parked(submitAndClaim(runner, task("park")).ref(), Reason.UNKNOWN_PROVIDER.of("acme"));
        var retry = unsent(submitAndClaim(runner, task("retry")).ref(), new Next.Retry(Duration.ZERO, null));
        for (TaskOutcome outcome : List.of(finish, park, retry)) {
            store.cancel(Scope.ALL, outcome.ref().id());
            assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.FENCED);
        }
        assertThat(states("finish", "park", "retry")).containsOnly(TaskState.CANCELLED);
    }

    @Test
    void outcomeWithoutACallIsFencedWhenItsTaskWasClaimedAgain() {
        var runner = runner();
        var retry = unsent(submitAndClaim(runner, task("a")).ref(), new Next.Retry(Duration.ZERO, null));
        storeAll(runner, retry);
        runner.handBack(List.of(claimOnly(runner).ref()));

        assertThat(storeOutcome(runner, retry)).isEqualTo(OutcomeReceipt.FENCED);
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void outcomeThatCouldNotBeStoredIsToldSoAgain() {
        var runner = runner();
        var ref = submitAndClaim(runner, task("a")).ref();
        var outcome = unstorable(ref);
        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.UNSTORABLE);
        var stored = read("a");

        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.UNSTORABLE);
        assertThat(storeOutcome(runner, succeeded(ref))).as("another").isEqualTo(OutcomeReceipt.FENCED);

        assertThat(read("a")).isEqualTo(stored);
    }

    @Test
    void outcomeWithoutACallThatCouldNotBeStoredIsToldSoAgain() {
        var runner = runner();
        var outcome = unsent(
                submitAndClaim(runner, task("a")).ref(),
                new Next.Finish(TaskState.SKIPPED, Draft.bytes("skipped"), null));
        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.UNSTORABLE);

        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.UNSTORABLE);
        assertThat(storeOutcome(runner, failedUnsent(outcome.ref())))
                .as("nothing tells it from another")
                .isEqualTo(OutcomeReceipt.UNSTORABLE);

        assertThat(read("a").attempts()).isEmpty();
        assertThat(row("a").status().isBecause(Reason.UNSTORABLE)).isTrue();
    }

    @Test
    void outcomeOfADeletedTaskIsRecognisedAndHiddenLikeIt() {
        var runner = runner();
        var outcome = succeeded(submitAndClaim(runner, task("a")).ref());
        storeAll(runner, outcome);
        store.delete(Scope.ALL, id("a"));

        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);
        assertThat(exists("a")).isFalse();
    }
}
