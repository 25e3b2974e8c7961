package dev.reprise.identity;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** UUID version 7, RFC 9562 section 5.7. */
record TimeOrderedIds(InstantSource clock, RandomGenerator random) implements IdSource {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    @Override
    public String next() {
        long millis = clock.millis();
        long high = (millis << 16) | VERSION_7 | (random.nextLong() & 0xFFFL);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
