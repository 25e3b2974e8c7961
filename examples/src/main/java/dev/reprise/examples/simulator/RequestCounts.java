package dev.reprise.examples.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many requests a simulator has seen, by how each ended.
 *
 * @param total all of them; those still under way are in no other count
 * @param answered sent whole
 * @param rejected invalid, unauthorised or for a path that does not exist (any 4xx but a simulated 429)
 * @param abandoned streams the caller gave up before their end
 * @param faults those that met a fault, by kind; kinds that did not occur are absent
 */
public record RequestCounts(long total, long answered, long rejected, long abandoned, Map<Fault, Long> faults) {

    public RequestCounts {
        EnumMap<Fault, Long> copy = new EnumMap<>(Fault.class);
        copy.putAll(faults);
        faults = Collections.unmodifiableMap(copy);
    }

    /** The requests that met a fault, whatever kind. */
    public long faulted() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }
}
