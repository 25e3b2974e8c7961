package dev.reprise.provider.wire;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider stated it, whatever its protocol.
 *
 * @param kind what kind of failure it is
 * @param code the provider's most specific code, as text, or null
 * @param message what the provider says about it
 */
public record ErrorDetail(FailureKind kind, @Nullable String code, String message) {

    private static final int MAX_CODE = 200;

    /**
     * The failure, with what the headers say about trying again.
     *
     * @param status the HTTP status, which may be a success's
     */
    public GenerationFailure failure(int status, Headers headers, @Nullable String requestId, Redactor redactor) {
        var retry = RetryHeaders.of(headers, Instant.now());
        var shown = code == null ? null : redactor.clean(code);
        var failure = GenerationFailure.builder(
                        kind, "HTTP " + status + (shown == null ? "" : " " + shown) + ": " + redactor.clean(message))
                .status(status)
                .code(shown == null || shown.length() <= MAX_CODE ? shown : shown.substring(0, MAX_CODE))
                .requestId(requestId)
                .retryAfter(retry.retryAfter());
        if (HttpKinds.redirect(status)) {
            failure.blame(Blame.OPERATOR); // who set the base URL
        }
        if (retry.shouldRetry() != null) {
            failure.retryable(retry.shouldRetry());
        }
        return failure.build();
    }
}
