package dev.reprise.storage.jdbc;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Reason;
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
public final class Tasks {

    public static final Owner OWNER = Owner.of("owner-1");
    public static final Duration LEASE = Duration.ofSeconds(30);
    public static final Usage SPENT = new Usage(7, 11, 3, 2);

    /** What everything fails with here. */
    public static final FailureSummary OVERLOADED = new FailureSummary(FailureKind.OVERLOADED, Blame.PROVIDER, 529);

    private Tasks() {}

    public static GenerationId id(String value) {
        return new GenerationId(value);
    }

    public static Payload bytes(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static NewTask task(String id, String... dependsOn) {
        return task(id, Placement.ALONE, null, dependsOn);
    }

    public static NewTask within(Duration deadline, NewTask task) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                task.priority(),
                new NewTask.Timing(Duration.ZERO, deadline, task.timing().onCrash()),
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }

    public static NewTask ofSize(String id, int bytes) {
        var small = task(id);
        return new NewTask(
                small.id(),
                small.labels(),
                small.placement(),
                small.priority(),
                small.timing(),
                small.dependsOn(),
                small.idempotency(),
                small.requiredLevel(),
                Payload.of(new byte[bytes]));
    }

    public static NewTask child(String id, String parent) {
        return task(id, new Placement(null, null, null, id(parent)), null);
    }

    public static NewTask once(String id, String key, String hash) {
        return task(id, Placement.ALONE, new NewTask.Idempotency(key, hash));
    }

    private static NewTask task(String id, Placement place, NewTask.Idempotency once, String... dependsOn) {
        return new NewTask(
                id(id),
                new TaskLabels(GenerationKind.SINGLE, null, "fake", "fake-model", null, null),
                place,
                0,
                NewTask.Timing.DEFAULT,
                Stream.of(dependsOn).map(Tasks::id).toList(),
                once,
                Level.ANY,
                bytes("request of " + id));
    }

    public static Submission alone(NewTask... tasks) {
        return new Submission(OWNER, null, List.of(tasks));
    }

    public static Submission many(String prefix, int count) {
        return new Submission(
                OWNER,
                null,
                IntStream.range(0, count).mapToObj(i -> task(prefix + i)).toList());
    }

    public static Submission batch(NewBatch batch, NewTask... tasks) {
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
                    task.requiredLevel(),
                    task.request()));
        }
        return new Submission(OWNER, batch, placed);
    }

    public static Submission limited(String batch, int limit, NewTask... tasks) {
        return batch(new NewBatch(new BatchId(batch), null, limit, false), tasks);
    }

    public static RunnerSession runner(TaskStore store) {
        return store.open(new RunnerSpec("runner", LEASE, 3), () -> {});
    }

    public static TaskOutcome succeeded(TaskRef ref) {
        return outcome(
                ref,
                AttemptOutcome.SUCCEEDED,
                Counters.Counted.NOTHING,
                new TaskOutcome.Next.Finish(TaskState.SUCCEEDED, bytes("result of " + ref.id()), null));
    }

    public static TaskOutcome failed(TaskRef ref) {
        return outcome(
                ref,
                AttemptOutcome.FAILED,
                Counters.Counted.FAILURE,
                new TaskOutcome.Next.Finish(TaskState.FAILED, bytes("failure of " + ref.id()), OVERLOADED));
    }

    public static TaskOutcome retry(TaskRef ref, Duration delay) {
        return outcome(
                ref, AttemptOutcome.FAILED, Counters.Counted.FAILURE, new TaskOutcome.Next.Retry(delay, "handover"));
    }

    /** An outcome that no database here can hold: too long for one, with a zero character for another. */
    public static TaskOutcome poisoned(TaskRef ref) {
        return outcome(
                ref,
                AttemptOutcome.FAILED,
                Counters.Counted.NOTHING,
                new TaskOutcome.Next.Park(Reason.UNKNOWN_PROVIDER.of("\0" + "x".repeat(1_000))));
    }

    private static TaskOutcome outcome(
            TaskRef ref, AttemptOutcome attempt, Counters.Counted counted, TaskOutcome.Next next) {
        var failure = attempt == AttemptOutcome.FAILED ? OVERLOADED : null;
        return new TaskOutcome(
                ref,
                UUID.randomUUID().toString(),
                new AttemptReport(attempt, counted, SPENT, failure, bytes("detail")),
                next);
    }
}
