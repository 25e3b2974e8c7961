package dev.reprise.testkit.store.walk;

import java.util.List;

/**
 * A step of a program, with all that it needs: it means the same whatever stands before it, so that a program can be
 * shortened. Its text is for people.
 */
interface Operation {

    /** Does it on one of the stores; returns the answer, sorted where the SPI promises no order. */
    Object on(Side side);

    /** The same with less in it, in the order in which it is worth trying. */
    default List<Operation> simpler() {
        return List.of();
    }
}
