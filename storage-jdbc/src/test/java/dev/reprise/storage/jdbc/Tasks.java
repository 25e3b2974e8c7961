package dev.reprise.storage.jdbc;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plain tasks and outcomes for tests. */
final class Tasks {

    static final Owner OWNER = Owner.of("owner-1");
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Usage SPENT = new Usage(7, 11, 3, 2);

    private Tasks() {}

    static GenerationId id(String value) {
        return new GenerationId(value);
    }

    static Payload bytes(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static NewTask task(String id, String... dependsOn) {
        return task(id, Placement.ALONE, null, dependsOn);
    }

    static NewTask within(Duration deadline, NewTask task) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                new NewTask.Timing(Duration.ZERO, deadline, task.timing().onCrash()),
                task.dependsOn(),
                task.idempotency(),
                task.request());
    }

    static NewTask ofSize(String id, int bytes) {
        var small = task(id);
        return new NewTask(
                small.id(),
                small.labels(),
                small.placement(),
                small.priority(),
                small.timing(),
                small.dependsOn(),
                small.idempotency(),
                Payload.of(new byte[bytes]));
    }

    static NewTask child(String id, String parent) {
        return task(id, new Placement(null, null, null, id(parent)), null);
    }

    static NewTask once(String id, String key, String hash) {
        return task(id, Placement.ALONE, new NewTask.Idempotency(key, hash));
    }

    private static NewTask task(String id, Placement place, NewTask.Idempotency once, String... dependsOn) {
        return new NewTask(
                id(id),
                new TaskLabels(GenerationKind.SINGLE, null, "fake", "fake-model", null),
                place,
                0,
                NewTask.Timing.DEFAULT,
                Stream.of(dependsOn).map(Tasks::id).toList(),
                once,
                bytes("request of " + id));
    }

    static Submission alone(NewTask... tasks) {
        return new Submission(OWNER, null, List.of(tasks));
    }

    static Submission many(String prefix, int count) {
        return new Submission(
                OWNER,
                null,
                IntStream.range(0, count).mapToObj(i -> task(prefix + i)).toList());
    }

    static Submission batch(NewBatch batch, NewTask... tasks) {
        List<NewTask> placed = new ArrayList<>();
        for (NewTask task : tasks) {
            placed.add(new NewTask(
                    task.id(),
                    task.labels(),
                    new Placement(batch.id(), placed.size(), null, null),
                    task.priority(),
                    task.timing(),
                    task.dependsOn(),
                    task.idempotency(),
                    task.request()));
        }
        return new Submission(OWNER, batch, placed);
    }

    static Submission limited(String batch, int limit, NewTask... tasks) {
        return batch(new NewBatch(new BatchId(batch), null, limit, false), tasks);
    }

    static RunnerSession runner(TaskStore store) {
        return store.open(new RunnerSpec("runner", LEASE, 3), () -> {});
    }

    static TaskOutcome succeeded(TaskRef ref) {
        return outcome(
                ref,
                AttemptOutcome.SUCCEEDED,
                Counters.Tally.NOT_COUNTED,
                new TaskOutcome.Next.Finish(TaskState.SUCCEEDED, bytes("result of " + ref.id())));
    }

    static TaskOutcome failed(TaskRef ref) {
        return outcome(
                ref,
                AttemptOutcome.FAILED,
                Counters.Tally.FAILURE,
                new TaskOutcome.Next.Finish(TaskState.FAILED, bytes("failure of " + ref.id())));
    }

    static TaskOutcome retry(TaskRef ref, Duration delay) {
        return outcome(ref, AttemptOutcome.FAILED, Counters.Tally.FAILURE, new TaskOutcome.Next.Retry(delay, "carry"));
    }

    /** An outcome that no database here can hold: too long for one, with a zero character for another. */
    static TaskOutcome poisoned(TaskRef ref) {
        return new TaskOutcome(
                ref,
                UUID.randomUUID().toString(),
                new AttemptReport(AttemptOutcome.FAILED, Counters.Tally.NOT_COUNTED, SPENT, bytes("detail")),
                new TaskOutcome.Next.Park("\0" + "x".repeat(1_000)));
    }

    private static TaskOutcome outcome(
            TaskRef ref, AttemptOutcome attempt, Counters.Tally tally, TaskOutcome.Next next) {
        return new TaskOutcome(
                ref, UUID.randomUUID().toString(), new AttemptReport(attempt, tally, SPENT, bytes("detail")), next);
    }
}
