package dev.reprise.storage.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The store's clock, in whole milliseconds. */
record StoreClock(InstantSource source) {

    Instant now() {
        return source.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
