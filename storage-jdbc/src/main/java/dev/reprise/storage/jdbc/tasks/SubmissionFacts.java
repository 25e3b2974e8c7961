package dev.reprise.storage.jdbc.tasks;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.reading.TaskRowReader;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Tx;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.rules.StoredFacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads what the rules of submissions look at. */
final class SubmissionFacts {

    private static final String TASKS = "SELECT id, owner, state, deleted_at, created_at FROM {task} WHERE id {in:ids}";
    /** Kept from ending and from being purged until this transaction is over. */
    private static final String REFERRED = TASKS + " ORDER BY id {for share}";

    static final String KEYS = """
            SELECT id, idempotency_key, idempotency_hash, created_at FROM {task}
            WHERE owner = :owner AND idempotency_key {in:keys} AND deleted_at IS NULL""";
    private static final String BATCH = "SELECT id FROM {batch} WHERE id = :id";

    private final Tx tx;
    private final Submission submission;
    private final Map<GenerationId, StoredFacts.Task> tasks = new HashMap<>();
    private final Map<String, StoredFacts.Key> keys = new HashMap<>();

    private SubmissionFacts(Tx tx, Submission submission) {
        this.tx = tx;
        this.submission = submission;
    }

    /**
     * Reads facts.
     *
     * @param own whether to look for the submission's own ids as well: rarely is any of them stored, and then their insert
     *     shows it
     */
    static StoredFacts read(Tx tx, Submission submission, boolean own) throws SQLException {
        return new SubmissionFacts(tx, submission).read(own);
    }

    private StoredFacts read(boolean own) throws SQLException {
        keys();
        Set<String> offered = new HashSet<>();
        submission.tasks().forEach(task -> offered.add(task.id().value()));
        tasks(tx.sql(REFERRED).impatient(), referred(offered));
        Set<BatchId> batches = new HashSet<>();
        if (own) {
            tasks(tx.sql(TASKS), offered);
            var batch = submission.batch();
            if (batch != null) {
                tx.sql(BATCH).set("id", batch.id().value()).list(row -> batches.add(batch.id()));
            }
        }
        return new StoredFacts(tasks, keys, batches);
    }

    private void keys() throws SQLException {
        List<String> all = submission.tasks().stream()
                .map(NewTask::idempotency)
                .filter(Objects::nonNull)
                .map(NewTask.Idempotency::key)
                .distinct()
                .toList();
        if (!all.isEmpty()) {
            tx.sql(KEYS)
                    .set("owner", submission.owner().value())
                    .set("keys", all)
                    .list(row -> keys.put(
                            row.text("idempotency_key"),
                            new StoredFacts.Key(
                                    new GenerationId(row.text("id")),
                                    row.text("idempotency_hash"),
                                    row.instant("created_at"))));
        }
    }

    /** Parents and dependencies, and what stands in their places, that are not of this submission. */
    private Set<String> referred(Set<String> offered) {
        Map<GenerationId, GenerationId> standIns = new HashMap<>();
        for (NewTask task : submission.tasks()) {
            var same = task.idempotency();
            var known = same == null ? null : keys.get(same.key());
            if (known != null) {
                standIns.put(task.id(), known.id());
            }
        }
        Set<String> referred = new HashSet<>();
        for (NewTask task : submission.tasks()) {
            List<GenerationId> all = new ArrayList<>(task.dependsOn());
            var parent = task.placement().parent();
            if (parent != null) {
                all.add(parent);
            }
            for (GenerationId id : all) {
                var standIn = standIns.get(id);
                if (standIn != null) {
                    referred.add(standIn.value());
                } else if (!offered.contains(id.value())) {
                    referred.add(id.value());
                }
            }
        }
        return referred;
    }

    private void tasks(Query query, Collection<String> ids) throws SQLException {
        if (!ids.isEmpty()) {
            query.set("ids", ids)
                    .list(row -> tasks.put(
                            new GenerationId(row.text("id")),
                            new StoredFacts.Task(
                                    new Owner(row.text("owner")),
                                    TaskRowReader.stateOrNull(row.text("state")),
                                    row.bigOrNull("deleted_at") != null,
                                    row.instant("created_at"))));
        }
    }
}
