package dev.reprise.examples.simulator;

import java.util.EnumMap;
import java.util.Map;

/** The running counts behind {@link RequestCounts}. Thread-safe; a snapshot is consistent in itself. */
final class Tally {

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private long total;
    private long answered;
    private long rejected;
    private long abandoned;

    /** Counts a new request and gives its ordinal, from 0. */
    synchronized long arrived() {
        return total++;
    }

    synchronized void answered() {
        answered++;
    }

    synchronized void rejected() {
        rejected++;
    }

    synchronized void abandoned() {
        abandoned++;
    }

    synchronized void faulted(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    synchronized RequestCounts snapshot() {
        return new RequestCounts(total, answered, rejected, abandoned, faults);
    }
}
