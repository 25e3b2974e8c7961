package dev.reprise.storage.memory;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.rules.StoredFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads what the rules of submissions look at. Guarded by the store's lock. */
final class SubmissionFacts {

    private final TaskTable table;
    private final Map<GenerationId, StoredFacts.Task> tasks = new HashMap<>();
    private final Map<String, StoredFacts.Key> keys = new HashMap<>();

    private SubmissionFacts(TaskTable table) {
        this.table = table;
    }

    static StoredFacts read(Tx tx, Submission submission) {
        var facts = new SubmissionFacts(tx.tasks());
        submission.tasks().forEach(task -> facts.add(submission, task));
        var batch = submission.batch();
        Set<BatchId> batches = batch != null && tx.batches().has(batch.id()) ? Set.of(batch.id()) : Set.of();
        return new StoredFacts(facts.tasks, facts.keys, batches);
    }

    private void add(Submission submission, NewTask task) {
        add(task.id());
        task.dependsOn().forEach(this::add);
        var parent = task.placement().parent();
        if (parent != null) {
            add(parent);
        }
        var same = task.idempotency();
        var stored = same == null ? null : table.byKey(submission.owner(), same.key());
        var by = stored == null ? null : stored.idempotency();
        if (stored != null && by != null) {
            keys.put(
                    by.key(),
                    new StoredFacts.Key(stored.id(), by.hash(), stored.point().createdAt()));
            add(stored.id());
        }
    }

    private void add(GenerationId id) {
        var row = table.row(id);
        if (row != null) {
            tasks.put(
                    id,
                    new StoredFacts.Task(
                            row.owner, row.state(), row.isDeleted(), row.point().createdAt()));
        }
    }
}
