package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a program remembers of its own steps, the same for both stores. */
final class Notes {

    private final Map<GenerationId, Long> epochs = new HashMap<>();
    private final Map<Outcomes.Told, TaskOutcome> told = new HashMap<>();

    /** Takes down the claims that can be seen; those of what is deleted stay as they were. */
    void see(List<TaskRow> rows) {
        rows.forEach(row -> epochs.put(row.id(), row.status().epoch()));
    }

    /** A task under one of its claims: the latest, or so many before it, but not before the first. */
    TaskRef claim(GenerationId id, int back) {
        return new TaskRef(id, Math.max(1, epochs.getOrDefault(id, 0L) - back));
    }

    /** An outcome, which is the same when it is told again. */
    TaskOutcome once(Outcomes.Told outcome, Function<Outcomes.Told, TaskOutcome> first) {
        return told.computeIfAbsent(outcome, first);
    }
}
