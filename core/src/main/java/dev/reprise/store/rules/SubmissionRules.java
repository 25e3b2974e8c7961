package dev.reprise.store.rules;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a submission must satisfy, and what of it is to be stored. Known ids and keys are looked at first: what is stored
 * already is answered as stored, whatever has become since of what it depends on. Nothing is ever added to a stored batch.
 */
public final class SubmissionRules {

    private final Submission submission;
    private final StoredFacts facts;
    private final Map<GenerationId, NewTask> fresh = new LinkedHashMap<>();
    private final Map<GenerationId, GenerationId> existing = new HashMap<>();
    private final List<GenerationId> repeated = new ArrayList<>();
    private @Nullable Instant knownSince;

    private SubmissionRules(Submission submission, StoredFacts facts) {
        this.submission = submission;
        this.facts = facts;
    }

    /** What to do with a submission. */
    public sealed interface Verdict {

        /** Nothing is stored; this is the answer. */
        record Refused(Submitted answer) implements Verdict {}

        /**
         * All of it is stored already.
         *
         * @param createdAt when
         * @param existing offered ids and those that stand in their places
         * @param repeated those that were stored under the offered ids, by an earlier call with this submission
         */
        record Known(Instant createdAt, Map<GenerationId, GenerationId> existing, List<GenerationId> repeated)
                implements Verdict {}

        /**
         * Some or all of it is to be stored.
         *
         * @param fresh what is to be stored
         * @param existing offered ids and those that stand in their places
         */
        record Fresh(List<NewTask> fresh, Map<GenerationId, GenerationId> existing) implements Verdict {

            /** The id under which an offered task is stored. */
            public GenerationId standIn(GenerationId offered) {
                return existing.getOrDefault(offered, offered);
            }
        }
    }

    /**
     * Judges a submission.
     *
     * @throws InvalidRequestException when it contradicts itself or what is stored
     */
    public static Verdict judge(Submission submission, StoredFacts facts) {
        return new SubmissionRules(submission, facts).judge();
    }

    private Verdict judge() {
        for (NewTask task : submission.tasks()) {
            var refusal = sift(task);
            if (refusal != null) {
                return new Verdict.Refused(refusal);
            }
        }
        var batch = submission.batch();
        if (knownSince != null && (fresh.isEmpty() || batch != null)) {
            return new Verdict.Known(knownSince, existing, repeated); // one that is known stands for the whole batch
        }
        if (batch != null) {
            checkBatch(batch);
        }
        for (NewTask task : fresh.values()) {
            var refusal = checkRelations(task);
            if (refusal != null) {
                return new Verdict.Refused(refusal);
            }
        }
        checkOrder();
        return new Verdict.Fresh(List.copyOf(fresh.values()), existing);
    }

    private void known(Instant since) {
        knownSince = knownSince == null ? since : knownSince;
    }

    private @Nullable Submitted sift(NewTask task) {
        var id = task.id();
        var batch = submission.batch() == null ? null : submission.batch().id();
        if (!Objects.equals(task.placement().batch(), batch)) {
            throw new InvalidRequestException(
                    "batch",
                    String.valueOf(task.placement().batch()),
                    "of task " + id + " must be the submission's, " + batch);
        }
        var row = facts.tasks().get(id);
        if (row != null) {
            if (!row.owner().equals(submission.owner())) {
                throw new InvalidRequestException("id", id, "must not be the id of another owner's task");
            }
            repeated.add(id);
            known(row.createdAt());
            return null;
        }
        var key = task.idempotency();
        if (key != null) {
            var stored = facts.keys().get(key.key());
            if (stored != null) {
                known(stored.createdAt());
                return standFor(id, key, stored.id(), stored.hash());
            }
            for (NewTask other : fresh.values()) {
                var same = other.idempotency();
                if (same != null && same.key().equals(key.key())) {
                    if (batch != null) {
                        throw new InvalidRequestException("idempotencyKey", key.key(), "must not be twice in a batch");
                    }
                    return standFor(id, key, other.id(), same.hash());
                }
            }
        }
        if (fresh.putIfAbsent(id, task) != null) {
            throw new InvalidRequestException("id", id, "must not be twice in a submission");
        }
        return null;
    }

    private @Nullable Submitted standFor(
            GenerationId offered, NewTask.Idempotency key, GenerationId other, String otherHash) {
        if (!key.hash().equals(otherHash)) {
            return new Submitted.KeyReused(key.key(), other);
        }
        existing.put(offered, other);
        return null;
    }

    private void checkBatch(NewBatch batch) {
        if (facts.batches().contains(batch.id())) {
            throw new InvalidRequestException(
                    "batch", batch.id(), "must be new: it is stored already, with other tasks");
        }
        Set<Integer> positions = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (NewTask task : fresh.values()) {
            var placement = task.placement();
            if (placement.position() == null) {
                throw new InvalidRequestException(
                        "position", "null", "of task " + task.id() + " must be given in a batch");
            }
            if (placement.position() < 0 || placement.position() >= fresh.size()) {
                throw new InvalidRequestException(
                        "position", placement.position(), "must be 0 to " + (fresh.size() - 1) + " in this batch");
            }
            if (!positions.add(placement.position())) {
                throw new InvalidRequestException("position", placement.position(), "must be unique in a batch");
            }
            if (placement.key() != null && !names.add(placement.key())) {
                throw new InvalidRequestException("key", placement.key(), "must be unique in a batch");
            }
        }
    }

    private @Nullable Submitted checkRelations(NewTask task) {
        var offered = task.placement().parent();
        if (offered != null) {
            var parent = standIn(offered);
            var row = facts.tasks().get(parent);
            boolean there = row != null && !row.deleted() && row.owner().equals(submission.owner());
            if (!fresh.containsKey(parent) && !there) {
                return new Submitted.ParentGone(offered);
            }
        }
        for (GenerationId on : task.dependsOn()) {
            var dependency = standIn(on);
            var row = facts.tasks().get(dependency);
            if (!fresh.containsKey(dependency) && (row == null || !row.owner().equals(submission.owner()))) {
                throw new InvalidRequestException(
                        "dependsOn", on, "of task " + task.id() + " must be a stored task of the same owner");
            }
        }
        return null;
    }

    /** What waits for itself would wait for ever. */
    private void checkOrder() {
        Set<GenerationId> open = new LinkedHashSet<>(fresh.keySet());
        boolean fewer = true;
        while (fewer) {
            fewer = open.removeIf(id -> openDependency(id, open) == null);
        }
        if (open.isEmpty()) {
            return;
        }
        Set<GenerationId> seen = new HashSet<>();
        var id = open.iterator().next();
        while (seen.add(id)) {
            id = Objects.requireNonNull(openDependency(id, open));
        }
        throw new InvalidRequestException(
                "dependsOn",
                Objects.requireNonNull(openDependency(id, open)),
                "of task " + id + " must not lead back to it");
    }

    private @Nullable GenerationId openDependency(GenerationId id, Set<GenerationId> open) {
        return Objects.requireNonNull(fresh.get(id)).dependsOn().stream()
                .map(this::standIn)
                .filter(open::contains)
                .findFirst()
                .orElse(null);
    }

    private GenerationId standIn(GenerationId offered) {
        return existing.getOrDefault(offered, offered);
    }
}
