package dev.reprise.examples.simulator;

/** A request that is not as the protocol wants it; the caller has to change it. */
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    RejectedException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** Status 400, naming the field and what is wrong with it. */
    static RejectedException badRequest(String param, String problem) {
        return new RejectedException(new ApiError(400, param + ": " + problem, param));
    }

    ApiError error() {
        return error;
    }
}
