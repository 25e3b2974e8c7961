package dev.reprise.store;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;

/**
 * How long tasks are kept after their end.
 *
 * @param keep how long, counted on the store's clock from a task's end; zero or more
 * @param atOnce how many tasks one transaction removes at most, 1 to 10,000
 */
public record Retention(Duration keep, int atOnce) {

    private static final int AT_ONCE = 500;
    private static final int MOST_AT_ONCE = 10_000;

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public Retention {
        if (keep.isNegative()) {
            throw new InvalidRequestException("keep", keep, "must not be negative");
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new InvalidRequestException("atOnce", atOnce, "must be 1 to " + MOST_AT_ONCE);
        }
    }

    /** Kept this long, removed 500 at once. */
    public static Retention of(Duration keep) {
        return new Retention(keep, AT_ONCE);
    }
}
