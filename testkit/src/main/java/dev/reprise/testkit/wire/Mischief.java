package dev.reprise.testkit.wire;

import java.time.Duration;

/** What a {@link SocketProxy} does to the answer of a connection. */
public sealed interface Mischief {

    /** Nothing: passes on what comes. */
    record None() implements Mischief {}

    /**
     * Closes the connection properly.
     *
     * @param after how many bytes of the answer are passed on first
     */
    record Cut(long after) implements Mischief {}

    /**
     * Breaks the connection off, which the client sees as a reset.
     *
     * @param after how many bytes of the answer are passed on first
     */
    record Reset(long after) implements Mischief {}

    /**
     * Passes nothing on any more and keeps the connection open.
     *
     * @param after how many bytes of the answer are passed on first
     */
    record Stall(long after) implements Mischief {}

    /**
     * Passes on the answer in small pieces, each in a packet of its own.
     *
     * @param bytes how many at a time, at least 1
     * @param pause how long to wait between two pieces; may be zero
     */
    record Trickle(int bytes, Duration pause) implements Mischief {}
}
