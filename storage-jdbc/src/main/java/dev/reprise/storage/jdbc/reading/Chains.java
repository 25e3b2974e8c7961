package dev.reprise.storage.jdbc.reading;

import dev.reprise.generation.GenerationKind;
import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.sql.OwnerClause;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredChain;
import dev.reprise.store.StoredTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A task and its ancestors, in one recursive statement. */
public final class Chains {

    private static final String UP = """
            WITH RECURSIVE up (id, parent, kind, depth) AS (
                SELECT t.id, t.parent, t.kind, 0 FROM {task} t
                WHERE t.id = :id AND t.deleted_at IS NULL AND %1$s
                UNION ALL
                SELECT t.id, t.parent, t.kind, u.depth + 1 FROM up u JOIN {task} t ON t.id = u.parent
                WHERE t.deleted_at IS NULL AND u.depth < :limit AND (:across = 1 OR u.kind <> 'CONTINUATION')
                    AND %1$s
            )
            """.formatted(OwnerClause.CLAUSE);
    /** Joined, not nested: H2 2.2 loses the values of a recursive query below the top. A cycle brings tasks again. */
    public static final String CHAIN = UP + StoredRows.from("up u JOIN {task} t ON t.id = u.id");

    private final TaskReader queries;

    public Chains(TaskReader queries) {
        this.queries = queries;
    }

    public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        var rows = queries.stored(
                "chain",
                tx -> OwnerClause.fill(tx.sql(CHAIN), scope)
                        .set("id", id.value())
                        .set("limit", limit)
                        .set("across", acrossContinuations ? 1 : 0));
        Map<String, StoredTask> byId = new HashMap<>();
        rows.all().forEach(task -> byId.put(task.row().id().value(), task.stored()));
        return byId.containsKey(id.value())
                ? Optional.of(walk(byId, id.value(), limit, acrossContinuations))
                : Optional.empty();
    }

    private static StoredChain walk(
            Map<String, StoredTask> byId, String start, int limit, boolean acrossContinuations) {
        List<StoredTask> nearestFirst = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String at = start;
        while (byId.containsKey(at) && nearestFirst.size() < limit && seen.add(at)) {
            var task = Objects.requireNonNull(byId.get(at));
            nearestFirst.add(task);
            var parent = task.row().placement().parent();
            boolean ends = task.row().labels().kind() == GenerationKind.CONTINUATION && !acrossContinuations;
            at = parent == null || ends ? "" : parent.value();
        }
        Collections.reverse(nearestFirst);
        boolean cyclic = seen.contains(at);
        return new StoredChain(nearestFirst, !cyclic && byId.containsKey(at), cyclic);
    }
}
