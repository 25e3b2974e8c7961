package dev.reprise.storage.memory;

import dev.reprise.generation.GenerationKind;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task and its ancestors. Guarded by the store's lock. */
final class Chains {

    private Chains() {}

    static Optional<StoredChain> chain(Tx tx, Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        return Optional.ofNullable(tx.tasks().find(scope, id))
                .map(task -> upwards(tx, scope, task, limit, acrossContinuations));
    }

    private static StoredChain upwards(Tx tx, Scope scope, TaskEntry last, int limit, boolean acrossContinuations) {
        var seen = new LinkedHashSet<TaskEntry>();
        seen.add(last);
        var next = parent(tx, scope, last, acrossContinuations);
        while (next != null && seen.size() < limit && seen.add(next)) {
            next = parent(tx, scope, next, acrossContinuations);
        }
        boolean cyclic = next != null && seen.contains(next);
        var rootFirst = new ArrayList<>(seen);
        Collections.reverse(rootFirst);
        return new StoredChain(
                rootFirst.stream().map(task -> TaskReader.stored(tx, task)).toList(), next != null && !cyclic, cyclic);
    }

    private static @Nullable TaskEntry parent(Tx tx, Scope scope, TaskEntry child, boolean acrossContinuations) {
        var parent = child.placement.parent();
        boolean first = child.labels.kind() == GenerationKind.CONTINUATION && !acrossContinuations;
        return parent == null || first ? null : tx.tasks().find(scope, parent);
    }
}
