package dev.reprise.provider.wire;

/** An answer is larger than may be read; stays between the reading of a stream and {@link HttpExchange}. */
final class AnswerTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(String message) {
        super(message, null, false, false);
    }
}
