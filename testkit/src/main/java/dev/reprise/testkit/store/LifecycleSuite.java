package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static dev.reprise.testkit.store.Outcomes.detail;
import static dev.reprise.testkit.store.Outcomes.ended;
import static dev.reprise.testkit.store.Outcomes.failedUnsent;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Counters;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task's way from READY to its end, and that an end is an end. */
public abstract class LifecycleSuite extends StoreSuite {

    private static final List<TaskState> ENDS = List.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);

    /** For a suite with a subclass. */
    protected LifecycleSuite() {}

    @Test
    void claimedTaskRuns() {
        var runner = runner();
        var before = store.now();
        var claimed = submitAndClaim(runner, task("a"));

        assertThat(claimed.row()).isEqualTo(row("a"));
        assertThat(claimed.row().status()).isEqualTo(new TaskStatus(TaskState.RUNNING, null, null, 1, 1, runner.id()));
        assertThat(claimed.row().counters()).isEqualTo(new Counters(1, 0, 0, 0, 0));
        assertBetween(claimed.row().times().claimedAt(), before, store.now());
        assertBetween(claimed.now(), before, store.now());
        assertThat(read("a").attempts())
                .as("an attempt is recorded when it has ended")
                .isEmpty();
    }

    @Test
    void taskEndsAsItsOutcomeSays() {
        var runner = runner();
        for (TaskState end : ENDS) {
            var claimed = submitAndClaim(runner, task("ends-" + end));
            subject.advance(Duration.ofSeconds(5));
            var before = store.now();

            assertThat(storeOutcome(runner, ended(claimed.ref(), end))).isEqualTo(OutcomeReceipt.STORED);

            var task = read("ends-" + end);
            assertThat(task.row().state()).isEqualTo(end);
            assertThat(task.row().status().runner()).isNull();
            assertThat(task.row().status().epoch()).isEqualTo(1);
            assertBetween(task.row().times().finishedAt(), before, store.now());
            assertThat(task.result()).isEqualTo(Outcomes.result(claimed.ref()));
            assertThat(task.request()).isEqualTo(Draft.bytes("request of ends-" + end));
        }
    }

    @Test
    void attemptIsRecordedWithTheOutcome() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        subject.advance(Duration.ofSeconds(5));
        var before = store.now();

        storeAll(runner, succeeded(claimed.ref()));

        assertThat(onlyAttempt("a"))
                .returns(1, AttemptRow::run)
                .returns(1L, AttemptRow::epoch)
                .returns(1, AttemptRow::number)
                .returns(AttemptOutcome.SUCCEEDED, AttemptRow::outcome)
                .returns(claimed.row().times().claimedAt(), AttemptRow::startedAt)
                .returns(null, AttemptRow::delay)
                .returns(SPENT, AttemptRow::usage)
                .returns(detail(claimed.ref()), AttemptRow::detail);
        assertBetween(onlyAttempt("a").endedAt(), before, store.now());
    }

    @Test
    void failedAttemptIsCountedAndASuccessfulOneIsNot() {
        var runner = runner();
        storeAll(runner, ended(submitAndClaim(runner, task("bad")).ref(), TaskState.FAILED));
        storeAll(runner, ended(submitAndClaim(runner, task("good")).ref(), TaskState.SUCCEEDED));

        assertThat(row("bad").counters()).isEqualTo(new Counters(1, 1, 0, 0, 0));
        assertThat(row("good").counters()).isEqualTo(new Counters(1, 0, 0, 0, 0));
        assertThat(onlyAttempt("bad").outcome()).isEqualTo(AttemptOutcome.FAILED);
    }

    @Test
    void taskMayEndWithoutACall() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));

        storeAll(runner, failedUnsent(claimed.ref()));

        assertThat(state("a")).isEqualTo(TaskState.FAILED);
        assertThat(read("a").attempts()).isEmpty();
        assertThat(row("a").counters().attempts())
                .as("a claim without a call is no attempt")
                .isZero();
        assertThat(read("a").result()).isEqualTo(Outcomes.result(claimed.ref()));
    }

    @Test
    void endedTaskStaysAsItIs() {
        var runner = runner();
        for (TaskState end : ENDS) {
            var name = "ends-" + end;
            var ref = submitAndClaim(runner, task(name)).ref();
            storeAll(runner, ended(ref, end));
            var before = read(name);

            assertThat(storeOutcome(runner, retry(ref, Duration.ZERO))).isEqualTo(OutcomeReceipt.FENCED);
            assertThat(storeOutcome(runner, ended(ref, TaskState.SUCCEEDED))).isEqualTo(OutcomeReceipt.FENCED);
            runner.handBack(List.of(ref));
            assertThat(store.cancel(Scope.ALL, id(name)))
                    .hasValueSatisfying(
                            cancelled -> assertThat(cancelled.cancelled()).isEmpty());
            runner.unpark(knows("fake"));
            subject.advance(Duration.ofDays(1));
            runner.beat();
            runner.promote();

            assertThat(runner.claim(10)).isEmpty();
            assertThat(read(name)).isEqualTo(before);
        }
    }

    @Test
    void finishWithAStateThatNoOutcomeMayEndInIsUnstorable() {
        var runner = runner();
        for (TaskState wrong : List.of(TaskState.READY, TaskState.SKIPPED, TaskState.PARKED)) {
            var name = "a-" + wrong;
            var ref = submitAndClaim(runner, task(name)).ref();
            var outcome =
                    new TaskOutcome(ref, Outcomes.nonce(), null, new Next.Finish(wrong, Outcomes.result(ref), null));

            var stored = runner.storeOutcomes(List.of(outcome));

            assertThat(stored.receipts()).containsExactly(OutcomeReceipt.UNSTORABLE);
            assertThat(stored.ends()).containsExactly(Ends.failed(name, Reason.UNSTORABLE));
            assertThat(row(name).status())
                    .isEqualTo(new TaskStatus(
                            TaskState.FAILED, Reason.UNSTORABLE.plain(), Reason.UNSTORABLE.failure(), 1, 1, null));
        }
    }

    @Test
    void everyReaderSeesAnOutcomeAtOnce() {
        var runner = runner();
        var second = subject.openSecond();
        submit(task("a"));
        assertThat(second.find(Scope.ALL, id("a"))).hasValue(read("a"));

        var claimed = claimOnly(runner);
        assertThat(second.find(Scope.ALL, id("a"))).hasValue(read("a"));

        storeAll(runner, succeeded(claimed.ref()));
        assertThat(second.find(Scope.ALL, id("a"))).hasValue(read("a"));
        assertThat(read("a").row().state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void closedStoreKeepsItsTasks() {
        submit(task("a"));
        var second = subject.openSecond();
        second.close();
        second.close();

        assertThat(subject.openSecond().find(Scope.ALL, id("a"))).hasValue(read("a"));
    }
}
