package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Counters;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.TaskOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits that are rows: scheduled, due, promoted, claimed again with what was left for them. */
public abstract class RetrySuite extends StoreSuite {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** For a suite with a subclass. */
    protected RetrySuite() {}

    @Test
    void retryWaitsAsARowWithItsDueTime() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a"));
        var before = store.now();

        storeAll(runner, retry(claimed.ref(), FIVE_MINUTES));

        assertThat(state("a")).isEqualTo(TaskState.SCHEDULED);
        assertThat(row("a").status().runner()).isNull();
        assertThat(row("a").counters()).isEqualTo(new Counters(1, 1, 0, 0, 0));
        assertThat(row("a").times().finishedAt()).isNull();
        assertBetween(
                row("a").times().dueAt(), before.plus(FIVE_MINUTES), store.now().plus(FIVE_MINUTES));
        assertThat(read("a").result()).isNull();
        assertThat(onlyAttempt("a"))
                .returns(AttemptOutcome.FAILED, AttemptRow::outcome)
                .returns(FIVE_MINUTES, AttemptRow::delay)
                .returns(1, AttemptRow::number);
    }

    @Test
    void retryIsPromotedWhenItIsDueAndNotBefore() {
        var runner = runner();
        storeAll(runner, retry(submitAndClaim(runner, task("a")).ref(), FIVE_MINUTES));

        subject.advance(FIVE_MINUTES.minusMinutes(1));
        var early = runner.promote();
        assertThat(early.promoted()).isZero();
        assertThat(early.untilDue()).isNotNull();
        assertThat(early.untilDue()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(state("a")).isEqualTo(TaskState.SCHEDULED);

        subject.advance(Duration.ofMinutes(1));
        var due = runner.promote();
        assertThat(due.promoted()).isEqualTo(1);
        assertThat(due.untilDue()).isNull();
        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(row("a").times().dueAt()).isNull();
        assertThat(runner.promote().promoted()).isZero();
    }

    @Test
    void untilDueIsTheSoonestOfThoseThatWait() {
        var runner = runner();
        assertThat(runner.promote().untilDue()).isNull();
        for (int minutes : new int[] {30, 10, 20}) {
            storeAll(runner, retry(submitAndClaim(runner, task("t" + minutes)).ref(), Duration.ofMinutes(minutes)));
        }

        assertThat(runner.promote().untilDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

        subject.advance(Duration.ofMinutes(10));
        var next = runner.promote();
        assertThat(next.promoted()).isEqualTo(1);
        assertThat(next.untilDue()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void anyRunnerPromotesForAll() {
        var one = runner();
        var two = runner(subject.openSecond());
        submit(many("t", 120));
        var retries = one.claim(120).stream()
                .map(task -> retry(task.ref(), FIVE_MINUTES))
                .toArray(TaskOutcome[]::new);
        storeAll(one, retries);

        subject.advance(FIVE_MINUTES);

        assertThat(two.promote().promoted()).isEqualTo(120);
        assertThat(two.claim(200)).hasSize(120);
    }

    @Test
    void retryWithoutDelayIsReadyAtOnce() {
        var runner = runner();
        storeAll(runner, retry(submitAndClaim(runner, task("a")).ref(), Duration.ZERO));

        assertThat(state("a")).isEqualTo(TaskState.READY);
        assertThat(row("a").times().dueAt()).isNull();
        assertThat(onlyAttempt("a").delay()).isEqualTo(Duration.ZERO);
        assertThat(claimOnly(runner).row().counters().attempts()).isEqualTo(2);
    }

    @Test
    void whatAnOutcomeLeavesIsGivenToTheNextAttempt() {
        var runner = runner();
        var first = submitAndClaim(runner, task("a"));
        assertThat(first.handover()).isNull();
        storeAll(runner, retry(first.ref(), Duration.ZERO, Counted.TURN_CONTINUATION, "{\"state\": \"für später ☕\"}"));

        var second = claimOnly(runner);
        assertThat(second.handover()).isEqualTo("{\"state\": \"für später ☕\"}");
        storeAll(runner, retry(second.ref(), FIVE_MINUTES, Counted.FAILURE, null));
        subject.advance(FIVE_MINUTES);
        runner.promote();

        assertThat(claimOnly(runner).handover())
                .as("of the latest outcome only")
                .isNull();
    }

    @Test
    void whatAnOutcomeLeavesSurvivesAClaimThatIsHandedBack() {
        var runner = runner();
        storeAll(
                runner,
                retry(submitAndClaim(runner, task("a")).ref(), Duration.ZERO, Counted.TURN_CONTINUATION, "left"));
        runner.handBack(List.of(claimOnly(runner).ref()));

        assertThat(claimOnly(runner).handover()).isEqualTo("left");
    }

    @Test
    void whatAnOutcomeLeavesSurvivesACrash() {
        var one = runner();
        var two = runner(subject.openSecond());
        storeAll(one, retry(submitAndClaim(one, task("a")).ref(), Duration.ZERO, Counted.TURN_CONTINUATION, "left"));
        claimOnly(one);
        dieAndReap(one, two);

        assertThat(claimOnly(two).handover()).isEqualTo("left");
    }

    @Test
    void longHandoverIsKept() {
        var runner = runner();
        var handover = "0123456789".repeat(50_000);
        storeAll(
                runner,
                retry(submitAndClaim(runner, task("a")).ref(), Duration.ZERO, Counted.TURN_CONTINUATION, handover));

        assertThat(claimOnly(runner).handover()).isEqualTo(handover);
    }

    @Test
    void whatAnAttemptCountsAsHasItsCounter() {
        var runner = runner();
        var ref = submitAndClaim(runner, task("a")).ref();
        for (Counted counted : List.of(
                Counted.FAILURE,
                Counted.PARAMETER_RETRY,
                Counted.TURN_CONTINUATION,
                Counted.FAILURE,
                Counted.NOTHING)) {
            storeAll(runner, retry(ref, Duration.ZERO, counted, null));
            ref = claimOnly(runner).ref();
        }

        assertThat(row("a").counters()).isEqualTo(new Counters(6, 2, 0, 1, 1));
    }

    @Test
    void attemptsAreKeptByEpoch() {
        var runner = runner();
        submit(task("a"));
        for (int i = 0; i < 6; i++) {
            var claimed = claimOnly(runner);
            runner.handBack(List.of(claimed.ref()));
            storeAll(runner, retry(claimOnly(runner).ref(), Duration.ofMinutes(i + 1)));
            subject.advance(Duration.ofMinutes(i + 1));
            runner.beat();
            runner.promote();
        }
        storeAll(runner, succeeded(claimOnly(runner).ref()));

        var attempts = read("a").attempts();
        assertThat(attempts).extracting(AttemptRow::epoch).containsExactly(2L, 4L, 6L, 8L, 10L, 12L, 13L);
        assertThat(attempts).extracting(AttemptRow::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(attempts.get(5).delay()).isEqualTo(Duration.ofMinutes(6));
        assertThat(row("a").counters()).isEqualTo(new Counters(7, 6, 0, 0, 0));
    }

    @Test
    void waitIsNotLostWithItsRunner() {
        var one = runner();
        var two = runner(subject.openSecond());
        storeAll(one, retry(submitAndClaim(one, task("a")).ref(), Duration.ofHours(1)));

        dieAndReap(one, two);

        assertThat(state("a")).isEqualTo(TaskState.SCHEDULED);
        assertThat(row("a").counters().crashes()).isZero();
        subject.advance(Duration.ofHours(1));
        two.beat();
        two.promote();
        assertThat(claimOnly(two).row().counters()).isEqualTo(new Counters(2, 1, 0, 0, 0));
    }
}
