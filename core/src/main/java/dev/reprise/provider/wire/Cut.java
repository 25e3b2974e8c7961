package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;

/**
 * What ended an exchange before its answer was whole.
 *
 * @param kind {@code CANCELLED}, {@code TIMEOUT}, {@code NETWORK}, {@code TOO_LARGE}, or {@code UNPARSEABLE} for what
 *     cannot be read
 * @param message what happened, without secrets
 */
public record Cut(FailureKind kind, String message) {

    /** The connection was closed properly, but the protocol's own end had not come. */
    public static final Cut EARLY_END = new Cut(FailureKind.NETWORK, "the stream ended before its end");

    /** An event could not be read, so that text may be missing. */
    public static final Cut GARBLED = new Cut(FailureKind.UNPARSEABLE, "an event of the stream is not JSON");

    /** The answer was larger than may be read. */
    static Cut tooLarge(AnswerTooLargeException cause) {
        return new Cut(FailureKind.TOO_LARGE, String.valueOf(cause.getMessage()));
    }
}
