package dev.reprise.storage.memory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runners that are ALIVE. Guarded by the store's lock. */
final class Runners {

    private final Set<RunnerEntry> alive = new LinkedHashSet<>();

    void add(RunnerEntry runner) {
        alive.add(runner);
    }

    /** Marks a runner DEAD, for ever. */
    void remove(RunnerEntry runner) {
        runner.die();
        alive.remove(runner);
    }

    /** Those that are alive now. */
    List<RunnerEntry> alive() {
        return List.copyOf(alive);
    }

    /** How to wake all but one. */
    List<Runnable> wakes(@Nullable RunnerEntry butOne) {
        return alive.stream()
                .filter(runner -> runner != butOne)
                .map(RunnerEntry::wake)
                .toList();
    }
}
