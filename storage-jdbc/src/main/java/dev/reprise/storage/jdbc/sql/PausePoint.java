package dev.reprise.storage.jdbc.sql;

import java.util.Collection;

/** The points of a change at which a test can hold a transaction, to let another come in between. */
public enum PausePoint {

    /** Before the first lock. */
    BEFORE_LOCKS,

    /** Some tasks have been locked. */
    LOCKED,

    /** Everything is written. */
    BEFORE_COMMIT;

    /** What happens at the points; nothing, outside of tests. */
    @FunctionalInterface
    public interface Hook {

        /** Nothing. */
        Hook NONE = (point, tasks) -> {};

        /** A transaction has come to a point. */
        void at(PausePoint point, Collection<String> tasks);
    }
}
