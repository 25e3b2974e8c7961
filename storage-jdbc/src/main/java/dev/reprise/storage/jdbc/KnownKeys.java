package dev.reprise.storage.jdbc;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a submission were stored before under their idempotency keys.
 *
 * @param existing the offered id and the one that stands in its place
 * @param reused the key that stands for another input, or null
 * @param createdAt when the first of the existing ones was stored; the epoch when there is none
 */
record KnownKeys(Map<GenerationId, GenerationId> existing, Submitted.@Nullable KeyReused reused, Instant createdAt) {

    static final String KEYS = """
            SELECT id, idem_key, idem_hash, created_at FROM {task}
            WHERE owner = :owner AND idem_key {in:keys} AND deleted_at IS NULL""";

    private record Known(GenerationId id, String hash, Instant createdAt) {}

    static KnownKeys find(Tx tx, Submission submission) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        var keys = submission.tasks().stream()
                .map(NewTask::idempotency)
                .filter(java.util.Objects::nonNull)
                .map(NewTask.Idempotency::key)
                .distinct()
                .toList();
        if (!keys.isEmpty()) {
            tx.sql(KEYS)
                    .set("owner", submission.owner().value())
                    .set("keys", keys)
                    .list(row -> known.put(
                            row.text("idem_key"),
                            new Known(
                                    new GenerationId(row.text("id")),
                                    row.text("idem_hash"),
                                    row.instant("created_at"))));
        }
        return match(submission, known);
    }

    private static KnownKeys match(Submission submission, Map<String, Known> known) {
        Map<GenerationId, GenerationId> existing = new LinkedHashMap<>();
        Instant createdAt = Instant.EPOCH;
        for (NewTask task : submission.tasks()) {
            var same = task.idempotency();
            if (same == null) {
                continue;
            }
            Known one = known.putIfAbsent(same.key(), new Known(task.id(), same.hash(), Instant.EPOCH));
            if (one != null && !one.hash.equals(same.hash())) {
                return new KnownKeys(Map.of(), new Submitted.KeyReused(same.key(), one.id), Instant.EPOCH);
            }
            if (one != null && !one.id.equals(task.id())) {
                existing.put(task.id(), one.id);
                createdAt = createdAt.equals(Instant.EPOCH) ? one.createdAt : createdAt;
            }
        }
        return new KnownKeys(existing, null, createdAt);
    }
}
