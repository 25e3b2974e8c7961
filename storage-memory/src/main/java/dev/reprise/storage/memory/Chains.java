package dev.reprise.storage.memory;

import dev.reprise.generation.GenerationKind;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** How a task's ancestors are found. Guarded by the store's lock. */
final class Chains {

    private final Tables tables;

    Chains(Tables tables) {
        this.tables = tables;
    }

    StoredChain upwards(Scope scope, Task last, int limit, boolean acrossContinuations) {
        var seen = new LinkedHashSet<Task>();
        seen.add(last);
        var next = parent(scope, last, acrossContinuations);
        while (next != null && seen.size() < limit && seen.add(next)) {
            next = parent(scope, next, acrossContinuations);
        }
        boolean cyclic = next != null && seen.contains(next);
        var rootFirst = new ArrayList<>(seen);
        Collections.reverse(rootFirst);
        return new StoredChain(rootFirst.stream().map(Task::stored).toList(), next != null && !cyclic, cyclic);
    }

    private @Nullable Task parent(Scope scope, Task child, boolean acrossContinuations) {
        var parent = child.placement.parent();
        boolean first = child.labels.kind() == GenerationKind.CONTINUATION && !acrossContinuations;
        return parent == null || first ? null : tables.find(scope, parent);
    }
}
