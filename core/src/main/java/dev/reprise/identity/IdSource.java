package dev.reprise.identity;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Where new ids come from. Implementations are thread-safe and never return the same id twice. */
@FunctionalInterface
public interface IdSource {

    /** A new id of at most 64 characters. */
    String next();

    /**
     * Ids that sort by the time of their making: UUID version 7 as RFC 9562 section 5.7 lays it out, 48 bits of Unix
     * milliseconds followed by 74 random bits.
     */
    static IdSource timeOrdered(InstantSource clock, RandomGenerator random) {
        return new TimeOrderedIds(clock, random);
    }
}
