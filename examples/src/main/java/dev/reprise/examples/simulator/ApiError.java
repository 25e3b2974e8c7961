package dev.reprise.examples.simulator;

import org.jspecify.annotations.Nullable;

/**
 * An error as a provider reports it, before a dialect gives it its shape.
 *
 * @param status the HTTP status, which also decides the error's type
 * @param param the request's field or header to blame, when it is one
 */
record ApiError(int status, String message, @Nullable String param) {

    static ApiError of(int status, String message) {
        return new ApiError(status, message, null);
    }
}
