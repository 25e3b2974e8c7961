package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A submission told apart, before anything is stored: what is new, what is known, and why it must be refused. */
final class Sifted {

    private final Submission submission;
    private final Tables tables;
    private final List<NewTask> fresh = new ArrayList<>();
    private final Set<GenerationId> freshIds = new HashSet<>();
    private final Map<String, NewTask> freshKeys = new HashMap<>();
    private final List<Task> repeated = new ArrayList<>();
    private final Map<GenerationId, GenerationId> existing = new HashMap<>();
    private final List<Task> known = new ArrayList<>();
    private @Nullable Submitted refusal;

    private Sifted(Submission submission, Tables tables) {
        this.submission = submission;
        this.tables = tables;
    }

    /**
     * Looks at every task of a submission.
     *
     * @throws IllegalArgumentException when the submission contradicts itself or what is stored
     */
    static Sifted of(Submission submission, Tables tables) {
        var sifted = new Sifted(submission, tables);
        for (NewTask task : submission.tasks()) {
            if (sifted.refusal == null) {
                sifted.sift(task);
            }
        }
        if (sifted.refusal == null && submission.batch() != null) {
            sifted.siftBatch(submission.batch());
        }
        if (sifted.refusal == null) {
            sifted.fresh.forEach(sifted::checkRelations);
        }
        return sifted;
    }

    /** What to answer instead of storing, or null. */
    @Nullable
    Submitted refusal() {
        return refusal;
    }

    /** The tasks to store. */
    List<NewTask> fresh() {
        return fresh;
    }

    /** Tasks that were stored by this submission before. */
    List<Task> repeated() {
        return repeated;
    }

    /** Every stored task that was met, at least one when nothing is to be stored. */
    List<Task> known() {
        return known;
    }

    /** Offered ids and the ids of the tasks that stand in their place. */
    Map<GenerationId, GenerationId> existing() {
        return existing;
    }

    /** The id under which an offered task is stored. */
    GenerationId standIn(GenerationId offered) {
        return existing.getOrDefault(offered, offered);
    }

    private void sift(NewTask task) {
        var id = task.id();
        if (!Objects.equals(
                task.placement().batch(),
                submission.batch() == null ? null : submission.batch().id())) {
            throw new IllegalArgumentException("task " + id + " must be in the submission's batch, or in none");
        }
        var row = tables.row(id);
        if (row != null) {
            if (!row.owner.equals(submission.owner())) {
                throw new IllegalArgumentException("task " + id + " is stored already, for another owner");
            }
            repeated.add(row);
            known.add(row);
            return;
        }
        var key = task.idempotency();
        if (key != null && recognised(id, key)) {
            return;
        }
        if (!freshIds.add(id)) {
            throw new IllegalArgumentException("task " + id + " must not be twice in a submission");
        }
        fresh.add(task);
        if (key != null) {
            freshKeys.put(key.key(), task);
        }
    }

    private boolean recognised(GenerationId id, NewTask.Idempotency key) {
        var stored = tables.byKey(submission.owner(), key.key());
        var offered = freshKeys.get(key.key());
        if (stored != null) {
            known.add(stored);
            standFor(id, key, stored.id(), Objects.requireNonNull(stored.idempotency));
            return true;
        }
        if (offered != null && submission.batch() != null) {
            throw new IllegalArgumentException("idempotency key must not be twice in a batch: " + key.key());
        }
        if (offered != null) {
            standFor(id, key, offered.id(), Objects.requireNonNull(offered.idempotency()));
            return true;
        }
        return false;
    }

    private void standFor(
            GenerationId offered, NewTask.Idempotency key, GenerationId other, NewTask.Idempotency otherKey) {
        if (key.hash().equals(otherKey.hash())) {
            existing.put(offered, other);
        } else {
            refusal = new Submitted.KeyReused(key.key(), other);
        }
    }

    private void siftBatch(NewBatch batch) {
        if (!known.isEmpty()) {
            fresh.clear(); // what is known stands for the whole batch
            return;
        }
        if (tables.has(batch.id())) {
            throw new IllegalArgumentException("batch " + batch.id() + " is stored already, with other tasks");
        }
        var positions = new HashSet<Integer>();
        var names = new HashSet<String>();
        for (NewTask task : fresh) {
            var placement = task.placement();
            if (placement.position() != null && !positions.add(placement.position())) {
                throw new IllegalArgumentException("position must be unique in a batch: " + placement.position());
            }
            if (placement.key() != null && !names.add(placement.key())) {
                throw new IllegalArgumentException("key must be unique in a batch: " + placement.key());
            }
        }
    }

    private void checkRelations(NewTask task) {
        var parent = task.placement().parent();
        if (refusal == null && parent != null && !freshIds.contains(standIn(parent))) {
            if (tables.find(new Scope(submission.owner()), standIn(parent)) == null) {
                refusal = new Submitted.ParentGone(parent);
            }
        }
        for (GenerationId id : task.dependsOn()) {
            var row = tables.row(standIn(id));
            if (!freshIds.contains(standIn(id)) && (row == null || !row.owner.equals(submission.owner()))) {
                throw new IllegalArgumentException("task " + task.id() + " depends on an unknown task: " + id);
            }
        }
    }
}
