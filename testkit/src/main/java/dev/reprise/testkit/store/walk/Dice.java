package dev.reprise.testkit.store.walk;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chance, the same for the same seed. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** Whether something happens that happens so often in a hundred times. */
    boolean hits(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from 0 on, less than this. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of these. */
    @SafeVarargs
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    /** One of these, of which there must be one. */
    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** So often in a hundred times something, otherwise null. */
    <T> @Nullable T perhaps(int percent, Supplier<T> something) {
        return hits(percent) ? something.get() : null;
    }
}
