package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.rules.Birth;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tasks depend on, both ways. */
final class Dependencies implements Companion {

    private final Map<GenerationId, List<GenerationId>> dependencies = new HashMap<>();
    private final Map<GenerationId, Set<GenerationId>> dependents = new HashMap<>();

    @Override
    public void born(Birth birth) {
        var task = birth.task().id();
        if (!birth.dependsOn().isEmpty()) {
            dependencies.put(task, List.copyOf(birth.dependsOn()));
        }
        for (GenerationId on : birth.dependsOn()) {
            dependents.computeIfAbsent(on, id -> new LinkedHashSet<>(2)).add(task);
        }
    }

    @Override
    public void purged(TaskEntry task) {
        dependents.remove(task.id());
        var all = dependencies.remove(task.id());
        if (all != null) {
            for (GenerationId on : all) {
                dependents.computeIfPresent(
                        on, (id, others) -> others.remove(task.id()) && others.isEmpty() ? null : others);
            }
        }
    }

    /** What depends on a task. */
    Set<GenerationId> dependents(TaskEntry task) {
        return dependents.getOrDefault(task.id(), Set.of());
    }
}
