package dev.reprise.provider.wire;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider stated it, whatever its protocol.
 *
 * @param kind what kind of failure it is
 * @param code the provider's most specific code, as text, or null
 * @param parameter the parameter that the provider says it is about, or null
 * @param message what the provider says about it
 * @param shown how many characters of that are shown
 * @param retry what the body itself says about trying again
 */
public record ErrorDetail(
        FailureKind kind,
        @Nullable String code,
        @Nullable String parameter,
        String message,
        int shown,
        RetryHeaders retry) {

    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_FOREIGN = 300;

    /** An error of the provider's own protocol. */
    public ErrorDetail(
            FailureKind kind, @Nullable String code, @Nullable String parameter, String message, RetryHeaders retry) {
        this(kind, code, parameter, message, MAX_MESSAGE, retry);
    }

    /** An error whose body says nothing about trying again. */
    public ErrorDetail(FailureKind kind, @Nullable String code, @Nullable String parameter, String message) {
        this(kind, code, parameter, message, RetryHeaders.NONE);
    }

    /** The error of an answer whose body is not the protocol's: what its status says, with its first words. */
    public static ErrorDetail foreign(int status, byte[] body) {
        var message = HttpKinds.redirect(status)
                ? "a redirect, which is never followed: check the base URL"
                : BodyText.line(body);
        return new ErrorDetail(HttpKinds.of(status), null, null, message, MAX_FOREIGN, RetryHeaders.NONE);
    }

    /**
     * The failure, with what the headers say about trying again.
     *
     * @param status the HTTP status, which may be a success's
     */
    public GenerationFailure failure(int status, Headers headers, @Nullable String requestId, Redactor redactor) {
        var stated = RetryHeaders.of(headers, Instant.now());
        Duration wait = stated.retryAfter() != null ? stated.retryAfter() : retry.retryAfter();
        Boolean again = stated.shouldRetry() != null ? stated.shouldRetry() : retry.shouldRetry();
        var word = redactor.word(code);
        var head =
                word == null || word.equals(String.valueOf(status)) ? "HTTP " + status : "HTTP " + status + " " + word;
        var failure = GenerationFailure.builder(kind, head + ": " + redactor.clean(message, shown))
                .status(status)
                .code(word)
                .requestId(requestId)
                .retryAfter(wait);
        if (HttpKinds.redirect(status)) {
            failure.blame(Blame.OPERATOR); // who set the base URL
        }
        if (again != null) {
            failure.retryable(again);
        }
        return failure.build();
    }
}
