package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.OVERLOADED;
import static dev.reprise.testkit.store.Outcomes.cancelled;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What failed, whose fault it was and which status came with it, of tasks and of attempts. */
public abstract class FailureSummarySuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected FailureSummarySuite() {}

    private @Nullable FailureSummary failure(String name) {
        return row(name).status().failure();
    }

    private static TaskOutcome failing(TaskRef ref, @Nullable FailureSummary failure) {
        return new TaskOutcome(
                ref,
                Outcomes.nonce(),
                new AttemptReport(AttemptOutcome.FAILED, Counted.FAILURE, Outcomes.SPENT, failure, null),
                new TaskOutcome.Next.Finish(TaskState.FAILED, Outcomes.result(ref), failure));
    }

    @Test
    void everyFailureIsKeptAsItIs() {
        var runner = runner();
        List<FailureSummary> all = new ArrayList<>();
        for (FailureKind kind : FailureKind.values()) {
            all.add(new FailureSummary(kind, kind.blame(), null));
        }
        for (Blame blame : Blame.values()) {
            all.add(new FailureSummary(FailureKind.SERVER, blame, 500));
        }
        all.add(new FailureSummary(FailureKind.OVERLOADED, Blame.PROVIDER, 529));
        all.add(new FailureSummary(FailureKind.UNPARSEABLE, Blame.PROVIDER, 200));
        for (int i = 0; i < all.size(); i++) {
            var name = "t" + i;
            storeAll(runner, failing(submitAndClaim(runner, task(name)).ref(), all.get(i)));

            assertThat(failure(name)).isEqualTo(all.get(i));
            assertThat(onlyAttempt(name).failure()).isEqualTo(all.get(i));
            assertThat(row(name).status().reason())
                    .as("the store has not failed it")
                    .isNull();
        }
    }

    @Test
    void failureThatTellsNothingIsNoFailure() {
        var runner = runner();
        storeAll(runner, failing(submitAndClaim(runner, task("a")).ref(), null));

        assertThat(failure("a")).isNull();
        assertThat(onlyAttempt("a").failure()).isNull();
        assertThat(state("a")).isEqualTo(TaskState.FAILED);
    }

    @Test
    void failedAttemptsKeepTheirFailureWhateverComesOfTheTask() {
        var runner = runner();
        storeAll(runner, retry(submitAndClaim(runner, task("a")).ref(), Duration.ofMinutes(1)));
        assertThat(failure("a")).as("a task that is tried again has not failed").isNull();
        pass(runner, Duration.ofMinutes(1));
        runner.promote();
        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(failure("a")).isNull();
        assertThat(read("a").attempts()).extracting(AttemptRow::failure).containsExactly(OVERLOADED, null);
    }

    @Test
    void whatHasNotFailedHasNoFailure() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("good")).ref()));
        storeAll(runner, cancelled(submitAndClaim(runner, task("aborted")).ref()));
        submitAndClaim(runner, task("cancelled"));
        store.cancel(Scope.ALL, Draft.id("cancelled"));
        submit(task("skipped").dependsOn("cancelled"));

        for (String name : List.of("good", "aborted", "cancelled", "skipped")) {
            assertThat(failure(name)).as(name).isNull();
            assertThat(read(name).attempts()).allMatch(attempt -> attempt.failure() == null);
        }
    }

    @Test
    void failureOfTheStoreHasItsReasonsKindAndBlame() {
        var dead = runner();
        var runner = runner(subject.openSecond());
        submitAndClaim(dead, task("crashed").failsOnCrash());
        dieAndReap(dead, runner);
        storeOutcome(
                runner,
                Outcomes.unstorable(submitAndClaim(runner, task("unstorable")).ref()));
        submit(task("late").deadline(Duration.ofMinutes(1)));
        pass(runner, Duration.ofMinutes(1));
        runner.expire();

        assertThat(failure("crashed")).isEqualTo(new FailureSummary(FailureKind.CRASHED, Blame.OPERATOR, null));
        assertThat(failure("unstorable")).isEqualTo(new FailureSummary(FailureKind.UNSTORABLE, Blame.OPERATOR, null));
        assertThat(failure("late")).isEqualTo(new FailureSummary(FailureKind.DEADLINE, Blame.CALLER, null));
        assertThat(row("unstorable").status().isBecause(Reason.UNSTORABLE)).isTrue();
        assertThat(onlyAttempt("crashed").failure())
                .as("nobody knows how its call ended")
                .isNull();
        assertThat(summary("unstorable").usage())
                .as("the call was made and is paid")
                .isEqualTo(Outcomes.SPENT);
    }

    @Test
    void lateAttemptKeepsItsFailure() {
        var slow = runner();
        var fast = runner(subject.openSecond());
        var ref = submitAndClaim(slow, task("a")).ref();
        dieAndReap(slow, fast);

        storeOutcome(slow, failed(ref));

        assertThat(onlyAttempt("a"))
                .returns(AttemptOutcome.LATE, AttemptRow::outcome)
                .returns(OVERLOADED, AttemptRow::failure);
        assertThat(failure("a")).isNull();
    }
}
