package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;

/**
 * What ended an exchange before its answer was whole.
 *
 * @param kind {@code CANCELLED}, {@code TIMEOUT}, {@code NETWORK}, {@code TOO_LARGE}, {@code AUTH} for a proxy that lets nothing through, or
 *     {@code UNPARSEABLE} for what cannot be read
 * @param message what happened, without secrets
 */
public record Interruption(FailureKind kind, String message) {

    /** The connection was closed properly, but the protocol's own end had not come. */
    public static final Interruption EARLY_END =
            new Interruption(FailureKind.NETWORK, "the stream ended before its end");

    /** The answer was larger than may be read. */
    static Interruption tooLarge(AnswerTooLargeException cause) {
        return new Interruption(FailureKind.TOO_LARGE, String.valueOf(cause.getMessage()));
    }

    /** The same, with the words that the provider or somebody on the way left behind. */
    Interruption saying(String words) {
        return words.isBlank() ? this : new Interruption(kind, message + ": " + words);
    }
}
