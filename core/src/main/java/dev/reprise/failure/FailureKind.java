package dev.reprise.failure;

/**
 * What went wrong with an attempt or a generation. Whether to try again looks at the kind, whether to refund looks at
 * the {@link Blame}; each kind states its usual blame and whether it is usually worth another try.
 */
public enum FailureKind {
    /** The provider asks for fewer requests (HTTP 429 without a billing code). */
    RATE_LIMITED(Blame.PROVIDER, true),
    /** The provider has no capacity now (HTTP 503, 529). */
    OVERLOADED(Blame.PROVIDER, true),
    /** The provider failed (HTTP 409 and other 5xx). */
    SERVER(Blame.PROVIDER, true),
    /** No answer in time (HTTP 408, 504, 524, or our own limit for one attempt). */
    TIMEOUT(Blame.PROVIDER, true),
    /** The connection failed or broke before the whole answer was there. */
    NETWORK(Blame.PROVIDER, true),
    /** The account has no credit or has reached a spending limit (HTTP 402, 429 with a billing code). */
    QUOTA(Blame.OPERATOR, false),
    /** The key is missing, wrong or may not do this (HTTP 401, 403). */
    AUTH(Blame.OPERATOR, false),
    /** The provider does not take this request (HTTP 400, 404, 405, 422). */
    INVALID_REQUEST(Blame.CALLER, false),
    /** The request is too large (HTTP 413); or, with the provider to blame, the answer is larger than may be read. */
    TOO_LARGE(Blame.CALLER, false),
    /** The model or a content filter declined. */
    REFUSED(Blame.CONTENT, false),
    /** The answer ended at the cap on output tokens or at the end of the context window. */
    TRUNCATED(Blame.CALLER, false),
    /** An answer came but cannot be used: empty, not the protocol's, or rejected by the output processor. */
    UNPARSEABLE(Blame.PROVIDER, true),
    /**
     * The app's own code failed: an output processor threw an error, returned nothing or did not end in time, or a provider
     * of the app's returned nothing. What was paid for is kept.
     */
    PROCESSOR(Blame.OPERATOR, false),
    /** The app cancelled the work. */
    CANCELLED(Blame.CALLER, false),
    /** The generation's overall deadline has passed, or would pass before the next attempt. */
    DEADLINE(Blame.CALLER, false),
    /** Too many processes died while they ran this task, or one did and the task must not be sent again. */
    CRASHED(Blame.OPERATOR, false),
    /** The outcome could not be stored. */
    UNSTORABLE(Blame.OPERATOR, false),
    /** Nothing above fits, for instance an unexpected exception of a provider. */
    UNKNOWN(Blame.PROVIDER, false);

    private final Blame blame;
    private final boolean retryable;

    FailureKind(Blame blame, boolean retryable) {
        this.blame = blame;
        this.retryable = retryable;
    }

    /** Who is usually to blame for a failure of this kind. */
    public Blame blame() {
        return blame;
    }

    /** Whether a failure of this kind is usually worth another attempt. */
    public boolean retryable() {
        return retryable;
    }
}
