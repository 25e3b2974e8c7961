package dev.reprise.storage.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runners that are alive, and for a while those that have died. Guarded by the store's lock. */
final class Runners {

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Set<RunnerEntry> alive = new LinkedHashSet<>();
    private final Set<RunnerEntry> dead = new LinkedHashSet<>();

    void add(RunnerEntry runner) {
        alive.add(runner);
    }

    /** Marks a runner dead, for ever. */
    void die(RunnerEntry runner, Instant now) {
        runner.die(now);
        alive.remove(runner);
        dead.add(runner);
    }

    /** Forgets those that died long ago. */
    void forget(Instant now) {
        dead.removeIf(runner -> runner.isForgotten(now.minus(REMEMBERED)));
    }

    /** Those that are alive now. */
    List<RunnerEntry> alive() {
        return List.copyOf(alive);
    }

    /** Those that have died and are not forgotten. */
    List<RunnerEntry> dead() {
        return List.copyOf(dead);
    }

    /** How to wake all but one. */
    List<Runnable> wakes(@Nullable RunnerEntry butOne) {
        return alive.stream()
                .filter(runner -> runner != butOne)
                .map(RunnerEntry::wake)
                .toList();
    }
}
