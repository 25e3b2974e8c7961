package dev.reprise.retry;

import dev.reprise.failure.GenerationFailure;
import java.time.Duration;

/** What follows a failed attempt. */
public sealed interface RetryDecision {

    /**
     * Another attempt.
     *
     * @param delay the wait until then, zero or more
     */
    record Retry(Duration delay) implements RetryDecision {}

    /**
     * The end.
     *
     * @param failure why the generation fails; the attempt's own failure, or {@code DEADLINE}
     */
    record Fail(GenerationFailure failure) implements RetryDecision {}
}
