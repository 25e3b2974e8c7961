package dev.reprise.generation;

import dev.reprise.display.CleanText;
import dev.reprise.failure.GenerationFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One provider call of a generation, as it is remembered.
 *
 * @param number from 1, over all runs
 * @param run how many times the generation had been started over, from 1
 * @param outcome how it ended
 * @param startedAt when its task was claimed, by the store's clock
 * @param endedAt when its outcome was stored, by the store's clock
 * @param delay the wait chosen before the next attempt, or null when none followed
 * @param usage what it spent, failed or not
 * @param exchange what went over the wire
 */
public record Attempt(
        int number,
        int run,
        AttemptOutcome outcome,
        Instant startedAt,
        Instant endedAt,
        @Nullable Duration delay,
        Usage usage,
        Exchange exchange) {

    /** Why it failed, or null when it did not or nobody knows. */
    public @Nullable GenerationFailure failure() {
        return exchange.failure();
    }

    /**
     * What went over the wire in an attempt.
     *
     * @param requestId the provider's id of the request, or null
     * @param sent what was really sent, or null when nothing was, or nobody knows
     * @param text the text that came back without becoming a result: partial, truncated or rejected; or null
     * @param failure why the attempt failed, or null
     */
    public record Exchange(
            @Nullable String requestId,
            @Nullable Sent sent,
            @Nullable String text,
            @Nullable GenerationFailure failure) {

        /** Nothing is known. */
        public static final Exchange NONE = new Exchange(null, null, null, null);

        /** Makes one line of the provider's id, cut after 200 characters. */
        public Exchange {
            requestId = CleanText.word(requestId);
        }
    }
}
