package dev.reprise.retry;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides between another attempt and the end: pure, without sleeping or reading a clock.
 *
 * @param schedule the waits between attempts
 * @param random where jitter comes from
 */
public record RetryJudge(RetrySchedule schedule, RandomGenerator random) {

    /**
     * Judges a failed attempt. The wait is the schedule's, lengthened by jitter, or the provider's Retry-After when that
     * is longer; it is not capped here. A retry that would be due at or after the deadline is not made.
     *
     * @param failure why the attempt failed
     * @param failures how many attempts have failed that count, this one included; at least 1
     * @param untilDeadline what is left of the generation's overall time, or null when it has no deadline
     */
    public RetryDecision judge(GenerationFailure failure, int failures, @Nullable Duration untilDeadline) {
        if (!failure.retryable() || failures >= schedule.maxAttempts()) {
            return new RetryDecision.Fail(failure);
        }
        var delay = schedule.delayAfter(failures, random);
        var asked = failure.retryAfter();
        if (asked != null && asked.compareTo(delay) > 0) {
            delay = asked;
        }
        if (untilDeadline != null && delay.compareTo(untilDeadline) >= 0) {
            return new RetryDecision.Fail(deadline(failure));
        }
        return new RetryDecision.Retry(delay);
    }

    private static GenerationFailure deadline(GenerationFailure last) {
        return GenerationFailure.builder(
                        FailureKind.DEADLINE, "the next attempt would come after the deadline; last failure: " + last)
                .status(last.status())
                .code(last.code())
                .requestId(last.requestId())
                .retryAfter(last.retryAfter())
                .build();
    }
}
