package dev.reprise.attempt;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.identity.GenerationId;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about providers that ask for long waits: hours are told to who runs the app, and beyond a limit there is no
 * wait at all.
 *
 * @param most the longest wait that is kept
 * @param time tells until when
 */
public record LongWaits(Duration most, TimeSource time) {

    private static final Logger LOG = LoggerFactory.getLogger(LongWaits.class);
    private static final Duration WORTH_TELLING = Duration.ofHours(1);

    /** The failure that ends the work, because the provider asks for too long a wait; null when it does not. */
    @Nullable
    GenerationFailure tooLong(GenerationFailure failure) {
        var asked = failure.retryAfter();
        if (!failure.retryable() || asked == null || asked.compareTo(most) <= 0) {
            return null;
        }
        return failure.toBuilder()
                .message("the provider asks to wait until " + until(asked) + ", longer than maxRetryAfter " + most
                        + ": " + failure.message())
                .retryable(false)
                .build();
    }

    /** Another attempt comes after a wait. */
    void told(GenerationId id, GenerationFailure failure, Duration delay) {
        var asked = failure.retryAfter();
        if (asked != null && asked.compareTo(WORTH_TELLING) > 0) {
            LOG.warn("generation {} waits until {}, as the provider asks: {}", id, until(delay), failure);
        }
    }

    private String until(Duration wait) {
        return time.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
