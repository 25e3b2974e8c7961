package dev.reprise.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.retry.RetryDecision.Fail;
import dev.reprise.retry.RetryDecision.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a failed attempt: another one at a certain time, or the end. */
class RetryJudgeTest {

    private static final GenerationFailure OVERLOADED = GenerationFailure.of(FailureKind.OVERLOADED, "no capacity");
    private static final RetryJudge EXACT = judge(RetrySchedule.ESCALATING.withJitter(0));

    @Test
    void sevenAttemptsWait1055Seconds() {
        var waits = new ArrayList<Duration>();
        int failures = 1;
        while (EXACT.judge(OVERLOADED, failures, null) instanceof Retry retry) {
            waits.add(retry.delay());
            failures++;
        }

        assertThat(waits).extracting(Duration::toSeconds).containsExactly(5L, 30L, 120L, 300L, 300L, 300L);
        assertThat(failures).isEqualTo(7);
    }

    @Test
    void jitterLengthensByUpToATenthAndNeverShortens() {
        var judge = judge(RetrySchedule.ESCALATING);
        var delays = RetrySchedule.ESCALATING.delays();
        double least = 1;
        double most = 0;
        for (int round = 0; round < 2_000; round++) {
            for (int failures = 1; failures <= delays.size(); failures++) {
                var planned = delays.get(failures - 1);
                var delay = delay(judge.judge(OVERLOADED, failures, null));
                assertThat(delay).isBetween(planned, planned.plus(planned.dividedBy(10)));
                double part = (double) delay.minus(planned).toNanos() / planned.toNanos();
                least = Math.min(least, part);
                most = Math.max(most, part);
            }
        }

        assertThat(least).isLessThan(0.001);
        assertThat(most).isGreaterThan(0.099);
    }

    @Test
    void jitterLeavesAWaitOfZeroAlone() {
        var judge = judge(RetrySchedule.delays(Duration.ZERO).withJitter(1));

        assertThat(judge.judge(OVERLOADED, 1, null)).isEqualTo(new Retry(Duration.ZERO));
    }

    @Test
    void longestWaitWithTheMostJitterStaysBelowTwiceItsLength() {
        var judge = judge(RetrySchedule.delays(Duration.ofDays(7)).withJitter(1));

        assertThat(delay(judge.judge(OVERLOADED, 1, null))).isBetween(Duration.ofDays(7), Duration.ofDays(14));
    }

    @Test
    void longerRetryAfterReplacesTheScheduledWait() {
        assertThat(EXACT.judge(asking(Duration.ofSeconds(6)), 1, null)).isEqualTo(new Retry(Duration.ofSeconds(6)));
    }

    @Test
    void shorterRetryAfterLeavesTheScheduledWait() {
        assertThat(EXACT.judge(asking(Duration.ofSeconds(4)), 1, null)).isEqualTo(new Retry(Duration.ofSeconds(5)));
        assertThat(EXACT.judge(asking(Duration.ZERO), 1, null)).isEqualTo(new Retry(Duration.ofSeconds(5)));
    }

    @Test
    void retryAfterIsNotLengthenedByJitter() {
        var judge = judge(RetrySchedule.ESCALATING.withJitter(1));

        assertThat(judge.judge(asking(Duration.ofSeconds(11)), 1, null)).isEqualTo(new Retry(Duration.ofSeconds(11)));
    }

    @Test
    void retryAfterIsNotCapped() {
        assertThat(EXACT.judge(asking(Duration.ofDays(30)), 1, null)).isEqualTo(new Retry(Duration.ofDays(30)));
    }

    @Test
    void retryBeforeTheDeadlineIsMade() {
        assertThat(EXACT.judge(OVERLOADED, 1, Duration.ofSeconds(5).plusNanos(1)))
                .isEqualTo(new Retry(Duration.ofSeconds(5)));
    }

    @Test
    void retryDueAtTheDeadlineIsNotMade() {
        assertThat(kind(EXACT.judge(OVERLOADED, 1, Duration.ofSeconds(5)))).isEqualTo(FailureKind.DEADLINE);
    }

    @Test
    void retryDueAfterTheDeadlineIsNotMade() {
        assertThat(kind(EXACT.judge(OVERLOADED, 1, Duration.ofSeconds(4)))).isEqualTo(FailureKind.DEADLINE);
        assertThat(kind(EXACT.judge(asking(Duration.ofMinutes(1)), 1, Duration.ofSeconds(30))))
                .isEqualTo(FailureKind.DEADLINE);
    }

    @Test
    void nothingFollowsADeadlineThatHasPassed() {
        var judge = judge(RetrySchedule.delays(Duration.ZERO));

        assertThat(kind(judge.judge(OVERLOADED, 1, Duration.ZERO))).isEqualTo(FailureKind.DEADLINE);
        assertThat(kind(judge.judge(OVERLOADED, 1, Duration.ofSeconds(-1)))).isEqualTo(FailureKind.DEADLINE);
    }

    @Test
    void deadlineFailureSaysWhatTheLastAttemptFailedOf() {
        var last = GenerationFailure.builder(FailureKind.RATE_LIMITED, "slow down")
                .status(429)
                .code("rate_limit_error")
                .requestId("req_1")
                .build();

        var failure = ((Fail) EXACT.judge(last, 1, Duration.ZERO)).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message())
                .isEqualTo("the next attempt would come after the deadline; last failure: "
                        + "RATE_LIMITED/PROVIDER 429 rate_limit_error: slow down");
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.requestId()).isEqualTo("req_1");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void onlyRetryableKindsAreRetried(FailureKind kind) {
        var failure = GenerationFailure.of(kind, "it went wrong");

        var decision = EXACT.judge(failure, 1, null);

        assertThat(decision).isEqualTo(kind.retryable() ? new Retry(Duration.ofSeconds(5)) : new Fail(failure));
    }

    @Test
    void failuresOwnWordOnRetryingWinsOverItsKind() {
        var permanent = OVERLOADED.toBuilder().retryable(false).build();
        var passing = GenerationFailure.builder(FailureKind.QUOTA, "no credit")
                .retryable(true)
                .build();

        assertThat(EXACT.judge(permanent, 1, null)).isEqualTo(new Fail(permanent));
        assertThat(EXACT.judge(passing, 1, null)).isEqualTo(new Retry(Duration.ofSeconds(5)));
    }

    @Test
    void permanentFailureKeepsItsKindAtTheDeadline() {
        var refused = GenerationFailure.of(FailureKind.REFUSED, "the model declined");

        assertThat(EXACT.judge(refused, 1, Duration.ZERO)).isEqualTo(new Fail(refused));
    }

    @Test
    void lastFailureStandsWhenTheAttemptsAreUsedUp() {
        assertThat(EXACT.judge(OVERLOADED, 6, null)).isEqualTo(new Retry(Duration.ofMinutes(5)));
        assertThat(EXACT.judge(OVERLOADED, 7, null)).isEqualTo(new Fail(OVERLOADED));
        assertThat(EXACT.judge(OVERLOADED, 8, null)).isEqualTo(new Fail(OVERLOADED));
        assertThat(EXACT.judge(OVERLOADED, 7, Duration.ZERO)).isEqualTo(new Fail(OVERLOADED));
    }

    @Test
    void singleAttemptIsNeverRetried() {
        assertThat(judge(RetrySchedule.never()).judge(OVERLOADED, 1, null)).isEqualTo(new Fail(OVERLOADED));
    }

    @Test
    void sameSeedGivesTheSameWaits() {
        RandomGenerator one = new Random(7);
        RandomGenerator other = new Random(7);

        assertThat(new RetryJudge(RetrySchedule.DEFAULT, one).judge(OVERLOADED, 2, null))
                .isEqualTo(new RetryJudge(RetrySchedule.DEFAULT, other).judge(OVERLOADED, 2, null));
    }

    private static RetryJudge judge(RetrySchedule schedule) {
        return new RetryJudge(schedule, new Random(1));
    }

    private static GenerationFailure asking(Duration retryAfter) {
        return GenerationFailure.builder(FailureKind.RATE_LIMITED, "slow down")
                .status(429)
                .retryAfter(retryAfter)
                .build();
    }

    private static Duration delay(RetryDecision decision) {
        return ((Retry) decision).delay();
    }

    private static FailureKind kind(RetryDecision decision) {
        return ((Fail) decision).failure().kind();
    }
}
