package dev.reprise.store;

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

    /** Checks the values. */
    public Retention {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("keep must not be negative: " + keep);
        }
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new IllegalArgumentException("atOnce must be 1 to " + MOST_AT_ONCE + ": " + atOnce);
        }
    }

    /** Kept this long, removed 500 at once. */
    public static Retention of(Duration keep) {
        return new Retention(keep, AT_ONCE);
    }
}
