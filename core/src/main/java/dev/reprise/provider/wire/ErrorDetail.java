package dev.reprise.provider.wire;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.provider.wire.ErrorMeanings.Meaning;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An error as a provider stated it, whatever its protocol.
 *
 * @param meaning what it means
 * @param status the HTTP status, or the one that the error names where HTTP says success; 0 for none
 * @param code the provider's most specific code, as text, or null
 * @param message what the provider says about it
 * @param shown how many characters of that are shown
 * @param retry what the body itself says about trying again
 * @param stated the error in the provider's own words
 */
record ErrorDetail(
        Meaning meaning,
        int status,
        @Nullable String code,
        String message,
        int shown,
        RetryHeaders retry,
        StatedError stated) {

    static final int MAX_MESSAGE = 1_000;
    static final int MAX_FOREIGN = 300;
    private static final int NOT_FOUND = 404;

    /**
     * The failure, with what the headers say about trying again.
     *
     * @param httpStatus the HTTP status, which may be a success's
     * @param url what was asked
     */
    GenerationFailure failure(
            int httpStatus, Headers headers, @Nullable String requestId, String url, Redactor redactor) {
        var said = RetryHeaders.of(headers, Instant.now());
        Duration wait = said.retryAfter() != null ? said.retryAfter() : retry.retryAfter();
        var word = redactor.word(code);
        var head = "HTTP " + httpStatus;
        if (httpStatus == NOT_FOUND) {
            head += " from " + redactor.clean(url);
        }
        if (word != null && !word.equals(String.valueOf(httpStatus))) {
            head += " " + word;
        }
        var failure = GenerationFailure.builder(meaning.kind(), head + ": " + redactor.clean(message, shown) + advice())
                .blame(meaning.blame())
                .status(httpStatus)
                .code(word)
                .requestId(requestId)
                .retryAfter(wait);
        if (HttpKinds.redirect(httpStatus)) {
            failure.blame(Blame.OPERATOR); // who set the base URL
        }
        var again = again(said.shouldRetry());
        if (again != null) {
            failure.retryable(again);
        }
        return failure.build();
    }

    /** A request that is too large stays so, whatever a header says. */
    private @Nullable Boolean again(@Nullable Boolean header) {
        if (meaning.kind() == FailureKind.TOO_LARGE) {
            return false;
        }
        if (header != null) {
            return header;
        }
        return retry.shouldRetry() != null ? retry.shouldRetry() : meaning.retryable();
    }

    private String advice() {
        return meaning.kind() == FailureKind.TOO_LARGE && status != HttpKinds.CONTENT_TOO_LARGE
                ? " (shorten the request, or ask for fewer output tokens)"
                : "";
    }
}
