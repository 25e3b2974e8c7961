package dev.reprise.failure;

import dev.reprise.display.CleanText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt or a generation failed: an immutable value, stored with it.
 *
 * <p>{@link #message()} is for developers and logs and never holds a key; {@link #userMessage()} is fit for a person
 * and shows no internals; {@link #reference()} is what that person gives to support.
 */
public final class GenerationFailure {

    private static final int MAX_MESSAGE = 2_000;
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(3_650);

    private final FailureKind kind;
    private final Blame blame;
    private final boolean retryable;
    private final String message;
    private final @Nullable Integer status;
    private final @Nullable String code;
    private final @Nullable String requestId;
    private final @Nullable Duration retryAfter;
    private final String reference;

    private GenerationFailure(Builder builder) {
        kind = builder.kind;
        blame = builder.blame;
        retryable = builder.retryable;
        message = builder.message;
        status = builder.status;
        code = builder.code;
        requestId = builder.requestId;
        retryAfter = builder.retryAfter;
        reference = builder.reference;
    }

    /** A failure of a kind, with the kind's usual blame and retryability. */
    public static GenerationFailure of(FailureKind kind, String message) {
        return builder(kind, message).build();
    }

    /**
     * Starts a failure with the kind's usual blame and retryability.
     *
     * @param message for developers; made one line without control characters, and cut after 2,000 characters
     */
    public static Builder builder(FailureKind kind, String message) {
        return new Builder(kind, message);
    }

    /** Starts from this failure's values. */
    public Builder toBuilder() {
        var builder = new Builder(kind, message);
        builder.blame = blame;
        builder.retryable = retryable;
        builder.status = status;
        builder.code = code;
        builder.requestId = requestId;
        builder.retryAfter = retryAfter;
        builder.reference = reference;
        return builder;
    }

    /** What went wrong. */
    public FailureKind kind() {
        return kind;
    }

    /** Who has to change something. */
    public Blame blame() {
        return blame;
    }

    /** Whether another attempt may succeed without a change by anyone. */
    public boolean retryable() {
        return retryable;
    }

    /** What happened, for developers and logs; at most 2,000 characters, without secrets. */
    public String message() {
        return message;
    }

    /** The HTTP status of the answer, or null when there was none. */
    public @Nullable Integer status() {
        return status;
    }

    /** The provider's most specific code, as text, or null. */
    public @Nullable String code() {
        return code;
    }

    /** The provider's id of the request, or null. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** How long the provider asked us to wait, never negative, or null when it did not ask. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * A reference that support can look up: the generation's id and the attempt, or a name under which the log tells of a
     * failed preview; empty before it is known.
     */
    public String reference() {
        return reference;
    }

    /** One sentence fit for a person: no internals, no names of exceptions, no provider's text. */
    public String userMessage() {
        return switch (kind) {
            case RATE_LIMITED, OVERLOADED -> "The AI service is busy right now. Please try again in a few minutes.";
            case SERVER -> "The AI service had a problem. Please try again in a few minutes.";
            case TIMEOUT -> "The AI service took too long to answer. Please try again.";
            case NETWORK -> "The AI service could not be reached. Please try again in a few minutes.";
            case QUOTA, AUTH -> "The AI service is not available for this app at the moment. Please contact support.";
            case INVALID_REQUEST -> "The AI service could not accept this request. Please change it and try again.";
            case TOO_LARGE ->
                blame == Blame.PROVIDER
                        ? "The answer was larger than allowed. Please ask for less at once."
                        : "This request is too large. Please shorten it and try again.";
            case REFUSED -> "The AI service declined this request. Please change it and try again.";
            case TRUNCATED -> "The answer was longer than allowed and ended early. Please ask for less at once.";
            case UNPARSEABLE -> "The AI service gave an answer that could not be used. Please try again.";
            case CANCELLED -> "This was cancelled.";
            case DEADLINE -> "This took longer than the time allowed for it. Please try again.";
            case PROCESSOR, CRASHED, UNSTORABLE, UNKNOWN ->
                "Something went wrong. Please try again or contact support.";
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GenerationFailure that
                && kind == that.kind
                && blame == that.blame
                && retryable == that.retryable
                && message.equals(that.message)
                && Objects.equals(status, that.status)
                && Objects.equals(code, that.code)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(retryAfter, that.retryAfter)
                && reference.equals(that.reference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, blame, retryable, message, status, code, requestId, retryAfter, reference);
    }

    @Override
    public String toString() {
        return kind + "/" + blame + (status == null ? "" : " " + status) + (code == null ? "" : " " + code) + ": "
                + message;
    }

    /** Builds a {@link GenerationFailure}; not thread-safe. */
    public static final class Builder {
        private final FailureKind kind;
        private String message;
        private Blame blame;
        private boolean retryable;
        private @Nullable Integer status;
        private @Nullable String code;
        private @Nullable String requestId;
        private @Nullable Duration retryAfter;
        private String reference = "";

        private Builder(FailureKind kind, String message) {
            this.kind = kind;
            this.message = CleanText.line(message, MAX_MESSAGE);
            this.blame = kind.blame();
            this.retryable = kind.retryable();
        }

        /** Another message; made one line, and cut after 2,000 characters. */
        public Builder message(String value) {
            message = CleanText.line(value, MAX_MESSAGE);
            return this;
        }

        /** Overrides the kind's usual blame. */
        public Builder blame(Blame value) {
            blame = value;
            return this;
        }

        /** Overrides the kind's usual retryability, for instance with {@code x-should-retry}. */
        public Builder retryable(boolean value) {
            retryable = value;
            return this;
        }

        /** The HTTP status. */
        public Builder status(@Nullable Integer value) {
            status = value;
            return this;
        }

        /** The provider's most specific code; made one line, and cut after 200 characters. */
        public Builder code(@Nullable String value) {
            code = CleanText.word(value);
            return this;
        }

        /** The provider's id of the request; made one line, and cut after 200 characters. */
        public Builder requestId(@Nullable String value) {
            requestId = CleanText.word(value);
            return this;
        }

        /**
         * How long the provider asked us to wait; a negative duration counts as zero, and one of more than ten years,
         * with which no clock could reckon, as ten years.
         */
        public Builder retryAfter(@Nullable Duration value) {
            if (value == null) {
                retryAfter = null;
            } else if (value.isNegative()) {
                retryAfter = Duration.ZERO;
            } else {
                retryAfter = value.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : value;
            }
            return this;
        }

        /** What support can look up. */
        public Builder reference(String value) {
            reference = value;
            return this;
        }

        /** The failure. */
        public GenerationFailure build() {
            return new GenerationFailure(this);
        }
    }
}
