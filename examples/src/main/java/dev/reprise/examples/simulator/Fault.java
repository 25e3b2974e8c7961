package dev.reprise.examples.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A way in which the simulator misbehaves.
 *
 * <p>Any one can be asked for by the request header {@value #HEADER}, by its {@link #headerValue()}; the value
 * {@value #NONE} keeps faults away from that request.
 */
public enum Fault {
    /** Status 429 with {@code Retry-After} and the dialect's rate limit error. */
    RATE_LIMITED(Reach.ANY),
    /** Status 529 with the dialect's overloaded error. */
    OVERLOADED(Reach.ANY),
    /** Status 500 with the dialect's server error. */
    SERVER_ERROR(Reach.ANY),
    /** The connection is reset before a byte of the answer is sent. */
    RESET(Reach.ANY),
    /** Status 200 with the first half of a body, shorter than its {@code Content-Length}; then the connection ends. */
    SHORT_BODY(Reach.PLAIN),
    /** A stream whose connection breaks in the middle. */
    STREAM_CUT(Reach.STREAM),
    /** A stream that ends in the middle as if it were whole: orderly HTTP, but no last event. */
    STREAM_UNFINISHED(Reach.STREAM),
    /** A stream that ends in the middle with the dialect's error event. */
    STREAM_ERROR(Reach.STREAM);

    /** The request header that asks for a fault. */
    public static final String HEADER = "x-simulate";

    /** The header's value for no fault. */
    public static final String NONE = "none";

    private enum Reach {
        ANY,
        PLAIN,
        STREAM
    }

    private final Reach reach;

    Fault(Reach reach) {
        this.reach = reach;
    }

    /** The name to ask for it by: {@code rate-limited}, {@code stream-cut} and so on. */
    public String headerValue() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can happen to an answer that is streamed, or to one that is not. */
    boolean canHappen(boolean streamed) {
        return reach == Reach.ANY || streamed == (reach == Reach.STREAM);
    }

    static List<Fault> possible(boolean streamed) {
        return Arrays.stream(values())
                .filter(fault -> fault.canHappen(streamed))
                .toList();
    }

    static Optional<Fault> named(String headerValue) {
        return Arrays.stream(values())
                .filter(fault -> fault.headerValue().equals(headerValue))
                .findFirst();
    }
}
