package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Tasks, submissions and outcomes to try a store with. */
final class Work {

    static final Owner OWNER = new Owner("user-1");
    static final RunnerSpec SPEC = new RunnerSpec("test", Duration.ofSeconds(30), 10);

    /** What a process that runs everything here has registered. */
    static final KnownNames KNOWN = new KnownNames(Set.of("fake"), Set.of(), Set.of());

    private Work() {}

    static GenerationId id(String value) {
        return new GenerationId(value);
    }

    static NewTask task(String id) {
        return task(id, 0, Placement.ALONE, List.of());
    }

    static NewTask task(String id, int priority, Placement placement, List<GenerationId> dependsOn) {
        var labels = new TaskLabels(GenerationKind.SINGLE, null, "fake", "model", null, null);
        return new NewTask(
                id(id),
                labels,
                placement,
                priority,
                NewTask.Timing.DEFAULT,
                dependsOn,
                null,
                Level.ANY,
                Payload.of(id.getBytes(StandardCharsets.UTF_8)));
    }

    static Submission alone(String... ids) {
        return new Submission(OWNER, null, List.of(ids).stream().map(Work::task).toList());
    }

    /** A batch of so many tasks, of which so many may be under way; the first id is {@code batch-0}. */
    static Submission limited(String batch, int size, int limit) {
        var id = new BatchId(batch);
        var tasks = IntStream.range(0, size)
                .mapToObj(i -> task(batch + "-" + i, 0, new Placement(id, i, null, null), List.of()))
                .toList();
        return new Submission(OWNER, new NewBatch(id, null, limit, false), tasks);
    }

    /** A batch in which each task depends on the one before. */
    static Submission line(String batch, int size) {
        var id = new BatchId(batch);
        var tasks = new ArrayList<NewTask>();
        for (int i = 0; i < size; i++) {
            List<GenerationId> before = i == 0 ? List.of() : List.of(id(batch + "-" + (i - 1)));
            tasks.add(task(batch + "-" + i, 0, new Placement(id, i, null, null), before));
        }
        return new Submission(OWNER, new NewBatch(id, null, null, false), tasks);
    }

    static TaskOutcome finished(ClaimedTask task, TaskState state) {
        var outcome = state == TaskState.SUCCEEDED ? AttemptOutcome.SUCCEEDED : AttemptOutcome.FAILED;
        var report = new AttemptReport(outcome, Counted.NOTHING, Usage.of(3, 5), null, null);
        return new TaskOutcome(
                task.ref(),
                "nonce-" + task.ref(),
                report,
                new Next.Finish(state, Payload.of("done".getBytes(StandardCharsets.UTF_8)), null));
    }

    static TaskOutcome retried(ClaimedTask task, Duration delay) {
        var report = new AttemptReport(AttemptOutcome.FAILED, Counted.FAILURE, Usage.of(3, 5), null, null);
        return new TaskOutcome(task.ref(), "nonce-" + task.ref(), report, new Next.Retry(delay, null));
    }
}
