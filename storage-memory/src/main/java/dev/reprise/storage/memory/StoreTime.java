package dev.reprise.storage.memory;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The store's clock, in whole milliseconds. */
record StoreTime(InstantSource clock) {

    /** The last instant that stores can keep: epoch milliseconds as a long. */
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** An instant after another; the last one there is when the duration leads further. */
    static Instant after(Instant start, Duration duration) {
        try {
            var end = start.plus(duration).truncatedTo(ChronoUnit.MILLIS);
            return end.isAfter(LAST) ? LAST : end;
        } catch (DateTimeException | ArithmeticException e) {
            return LAST;
        }
    }

    /** Whether a wait of this length is a wait at all. */
    static boolean isLater(Duration wait) {
        return !wait.isNegative() && !wait.isZero();
    }
}
