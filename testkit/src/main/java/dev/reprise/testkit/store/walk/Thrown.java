package dev.reprise.testkit.store.walk;

import dev.reprise.failure.RepriseException;
import org.jspecify.annotations.Nullable;

/**
 * An exception as an answer.
 *
 * @param type its type
 * @param message its message
 * @param foreseen whether the SPI knows such exceptions; no store may throw any other, whatever it is asked for
 */
record Thrown(String type, @Nullable String message, boolean foreseen) {

    private static final int LONGEST = 400;

    static Thrown of(RuntimeException exception) {
        return new Thrown(
                exception.getClass().getName(), exception.getMessage(), exception instanceof RepriseException);
    }

    @Override
    public String toString() {
        var text = String.valueOf(message);
        return type + ": " + text.substring(0, Math.min(LONGEST, text.length()));
    }
}
