package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;

/** Which kind of failure an HTTP status is. */
public final class HttpKinds {

    static final int CONTENT_TOO_LARGE = 413;

    private HttpKinds() {}

    /** The kind for a status that is no success; blame and retryability are the kind's usual ones. */
    public static FailureKind of(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureKind.AUTH;
            case 402 -> FailureKind.QUOTA;
            case 408, 504, 524 -> FailureKind.TIMEOUT;
            case 409 -> FailureKind.SERVER;
            case CONTENT_TOO_LARGE -> FailureKind.TOO_LARGE;
            case 429 -> FailureKind.RATE_LIMITED;
            case 503, 529 -> FailureKind.OVERLOADED;
            default -> status >= 500 ? FailureKind.SERVER : FailureKind.INVALID_REQUEST;
        };
    }

    /** Whether a status says success. What it says is looked at only after the body. */
    public static boolean success(int status) {
        return status >= 200 && status < 300;
    }

    /** Whether a status sends the client elsewhere, where it will not go with its key. */
    public static boolean redirect(int status) {
        return status >= 300 && status < 400;
    }
}
