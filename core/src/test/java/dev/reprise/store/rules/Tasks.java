package dev.reprise.store.rules;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks to submit, and what a store knows of those they name. */
final class Tasks {

    static final Owner OWNER = Owner.of("owner-1");
    static final Owner OTHER = Owner.of("owner-2");
    static final BatchId BATCH = new BatchId("batch");

    private Tasks() {}

    /** A task by itself. */
    static NewTask task(String id) {
        return new NewTask(
                id(id),
                new TaskLabels(GenerationKind.SINGLE, null, "fake", "model", null, null),
                Placement.ALONE,
                0,
                NewTask.Timing.DEFAULT,
                List.of(),
                null,
                Level.ANY,
                Payload.of(new byte[0]));
    }

    static GenerationId id(String id) {
        return new GenerationId(id);
    }

    static Submission alone(NewTask... tasks) {
        return new Submission(OWNER, null, List.of(tasks));
    }

    /** A batch of these, by their order. */
    static Submission batch(NewTask... tasks) {
        return batch(null, tasks);
    }

    static Submission batch(@Nullable Integer concurrency, NewTask... tasks) {
        var placed = new ArrayList<NewTask>();
        for (NewTask task : tasks) {
            placed.add(at(task, BATCH, placed.size()));
        }
        return new Submission(OWNER, new NewBatch(BATCH, null, concurrency, false), placed);
    }

    static NewTask at(NewTask task, @Nullable BatchId batch, @Nullable Integer position) {
        return placed(task, it -> new Placement(batch, position, it.key(), it.parent()));
    }

    static NewTask named(NewTask task, String key) {
        return placed(task, it -> new Placement(it.batch(), it.position(), key, it.parent()));
    }

    static NewTask childOf(NewTask task, String parent) {
        return placed(task, it -> new Placement(it.batch(), it.position(), it.key(), id(parent)));
    }

    private static NewTask placed(NewTask task, UnaryOperator<Placement> change) {
        return new NewTask(
                task.id(),
                task.labels(),
                change.apply(task.placement()),
                task.priority(),
                task.timing(),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    static NewTask after(NewTask task, String... ids) {
        var dependsOn = Stream.of(ids).map(Tasks::id).toList();
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                task.timing(),
                dependsOn,
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    static NewTask once(NewTask task, String key, String hash) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                task.timing(),
                task.dependsOn(),
                new NewTask.Idempotency(key, hash),
                task.requiredLevel(),
                task.request());
    }

    static NewTask ranked(NewTask task, int priority, int requiredLevel) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                priority,
                task.timing(),
                task.dependsOn(),
                task.idempotency(),
                requiredLevel,
                task.request());
    }

    static NewTask timed(NewTask task, Duration startIn, @Nullable Duration deadline) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                new NewTask.Timing(startIn, deadline, NewTask.OnCrash.RESEND),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    static NewTask failsOnCrash(NewTask task) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                new NewTask.Timing(Duration.ZERO, null, NewTask.OnCrash.FAIL),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    static NewTask awaitingDecision(NewTask task) {
        return new NewTask(
                task.id(),
                new TaskLabels(GenerationKind.SINGLE, null, null, null, null, null),
                task.placement(),
                task.priority(),
                task.timing(),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    /** What a store knows, filled in place. */
    static final class Known {

        /** When everything was stored that is. */
        static final Instant SINCE = Facts.NOW.minusSeconds(3600);

        private final Map<GenerationId, StoredFacts.Task> tasks = new HashMap<>();
        private final Map<String, StoredFacts.Key> keys = new HashMap<>();
        private final Set<BatchId> batches = new HashSet<>();

        Known task(String id, @Nullable TaskState state) {
            return task(id, OWNER, state, false);
        }

        Known deleted(String id, TaskState state) {
            return task(id, OWNER, state, true);
        }

        Known task(String id, Owner owner, @Nullable TaskState state, boolean deleted) {
            return row(id, new StoredFacts.Task(owner, state, deleted, SINCE));
        }

        Known row(String id, StoredFacts.Task task) {
            tasks.put(Tasks.id(id), task);
            return this;
        }

        /** A stored task with a key; the hash is {@code "hash"}. */
        Known key(String key, String id) {
            keys.put(key, new StoredFacts.Key(Tasks.id(id), "hash", SINCE));
            return task(id, TaskState.READY);
        }

        Known batch(BatchId id) {
            batches.add(id);
            return this;
        }

        StoredFacts get() {
            return new StoredFacts(tasks, keys, batches);
        }
    }
}
