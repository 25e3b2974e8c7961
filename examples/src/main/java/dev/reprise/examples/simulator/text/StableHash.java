package dev.reprise.examples.simulator.text;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit hash that is the same in every process and on every JDK: the simulator's only source of chance.
 *
 * <p>FNV-1a over the parts, finished with the SplitMix64 mixer, so that neighbouring ordinals land far apart.
 */
public final class StableHash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private StableHash() {}

    /** The hash of these values, in this order; each counts by its {@code toString()}. */
    public static long of(Object... values) {
        long hash = OFFSET;
        for (Object value : values) {
            for (byte b : value.toString().getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xff)) * PRIME;
            }
            hash = (hash ^ 0x1ff) * PRIME;
        }
        return mix(hash);
    }

    /** The hash of these values as a number from 0 (inclusive) to 1 (exclusive). */
    public static double unit(Object... values) {
        return (of(values) >>> 11) * 0x1.0p-53;
    }

    /** The hash of these values as an index from 0 (inclusive) to {@code bound} (exclusive). */
    public static int index(int bound, Object... values) {
        return (int) Long.remainderUnsigned(of(values), bound);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
