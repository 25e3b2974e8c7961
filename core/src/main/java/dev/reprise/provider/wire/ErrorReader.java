package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;
import dev.reprise.json.JsonObject;
import dev.reprise.provider.wire.ErrorMeanings.Meaning;
import java.time.Instant;
import okhttp3.Headers;

/**
 * Reads errors of all protocols and dialects. What an error says by its codes, its members and its words goes before the
 * HTTP status; where HTTP says success, the status that the error itself names stands for it.
 */
final class ErrorReader {

    private static final int PAYMENT_REQUIRED = 402;

    private final boolean passing402;

    /** @param passing402 whether an HTTP 402 that says when to come back is worth coming back */
    ErrorReader(boolean passing402) {
        this.passing402 = passing402;
    }

    /** The error of a body that may be the protocol's, another's, or no JSON at all. */
    ErrorDetail read(int status, Headers headers, byte[] body) {
        var json = BodyText.json(body, headers);
        if (HttpKinds.redirect(status)) {
            return read(
                    status, headers, StatedError.ofWords("a redirect, which is never followed: check the base URL"));
        }
        return json != null && StatedError.isIn(json)
                ? read(status, headers, StatedError.of(json))
                : read(status, headers, StatedError.ofWords(BodyText.line(body, headers)), ErrorDetail.MAX_FOREIGN);
    }

    /** The error of a body or an event. */
    ErrorDetail read(int status, Headers headers, JsonObject body) {
        return read(status, headers, StatedError.of(body));
    }

    /** An error that has been stated. */
    ErrorDetail read(int status, Headers headers, StatedError error) {
        return read(status, headers, error, ErrorDetail.MAX_MESSAGE);
    }

    private ErrorDetail read(int status, Headers headers, StatedError error, int shown) {
        int effective = HttpKinds.success(status) ? error.status() : status;
        var codes = error.codes();
        var meaning = ErrorMeanings.of(effective, error)
                .orElseGet(() -> Meaning.usual(effective == 0 ? FailureKind.SERVER : HttpKinds.of(effective)));
        return new ErrorDetail(
                meaning,
                effective,
                codes.isEmpty() ? null : codes.get(0),
                error.message(),
                shown,
                retry(error, meaning, effective, headers),
                error);
    }

    private RetryHeaders retry(StatedError error, Meaning meaning, int effective, Headers headers) {
        var wait = RetryWords.of(error);
        var again = error.objects().stream()
                .map(object -> object.objectOrEmpty("availability").bool("retryable"))
                .filter(said -> said != null)
                .findFirst()
                .orElse(null);
        boolean says = wait != null || RetryHeaders.of(headers, Instant.now()).retryAfter() != null;
        if (again == null && effective == PAYMENT_REQUIRED && says && passing402 && !stays(meaning)) {
            again = true;
        }
        return new RetryHeaders(again, wait);
    }

    /** Whether a code or words have said that it stays until somebody pays. */
    private static boolean stays(Meaning meaning) {
        return Boolean.FALSE.equals(meaning.retryable());
    }
}
