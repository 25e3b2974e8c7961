package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Reasons;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How tasks come into the store. Guarded by the store's lock. */
final class Submissions {

    private final Tables tables;
    private final Transitions transitions;
    private final Admission admission;
    private final Endings endings;
    private final Claims claims;

    Submissions(Tables tables, Transitions transitions, Admission admission, Endings endings, Claims claims) {
        this.tables = tables;
        this.transitions = transitions;
        this.admission = admission;
        this.endings = endings;
        this.claims = claims;
    }

    /** Stores a submission and claims up to {@code claim} of its tasks for a runner, when there is one. */
    Submitted submit(Submission submission, @Nullable RunnerEntry runner, int claim, Instant now) {
        var sifted = Sifted.of(submission, tables);
        if (sifted.refusal() != null) {
            return sifted.refusal();
        }
        if (sifted.fresh().isEmpty()) {
            var known = sifted.known();
            return new Submitted.Stored(
                    known.get(0).createdAt(), sifted.existing(), claimedBefore(sifted.repeated(), runner, claim, now));
        }
        var stored = store(submission, sifted, now);
        return new Submitted.Stored(
                now, sifted.existing(), runner == null ? List.of() : claims.of(stored, runner, claim, now));
    }

    /** What the same submission claimed when it came the first time and its answer was lost. */
    private static List<ClaimedTask> claimedBefore(
            List<Task> repeated, @Nullable RunnerEntry runner, int claim, Instant now) {
        return repeated.stream()
                .filter(task -> runner != null && task.isHeldBy(runner, 1) && task.state() == TaskState.RUNNING)
                .sorted(Task.BY_PRIORITY_AND_AGE)
                .limit(claim)
                .map(task -> task.claim(now))
                .toList();
    }

    private List<Task> store(Submission submission, Sifted sifted, Instant now) {
        var batch = submission.batch() == null ? null : new BatchEntry(submission.batch(), submission.owner(), now);
        var tasks = new ArrayList<Task>(sifted.fresh().size());
        for (NewTask fresh : sifted.fresh()) {
            var task = new Task(fresh, placement(fresh, sifted), submission.owner(), batch, now, tables.nextSequence());
            tables.add(task);
            transitions.begin(task);
            tasks.add(task);
        }
        if (batch != null) {
            tables.add(batch);
            batch.fill(tasks);
        }
        start(tasks, sifted, now);
        if (batch != null) {
            admission.admit(batch, now);
        }
        return tasks;
    }

    private static Placement placement(NewTask task, Sifted sifted) {
        var placement = task.placement();
        return placement.parent() == null
                ? placement
                : new Placement(
                        placement.batch(), placement.position(), placement.key(), sifted.standIn(placement.parent()));
    }

    private void start(List<Task> tasks, Sifted sifted, Instant now) {
        var hopeless = new ArrayList<Task>();
        for (int i = 0; i < tasks.size(); i++) {
            if (!waitFor(tasks.get(i), sifted.fresh().get(i).dependsOn(), sifted)) {
                hopeless.add(tasks.get(i));
            }
        }
        hopeless.forEach(task -> transitions.end(task, TaskState.SKIPPED, Reasons.DEPENDENCY, now));
        for (Task task : tasks) {
            if (task.state() == TaskState.WAITING && !task.hasUnmetDependencies()) {
                admission.release(task, now);
            }
        }
        endings.spread(hopeless, now);
    }

    /** Makes a task wait for others; false when one of them will never succeed. */
    private boolean waitFor(Task task, List<GenerationId> dependencies, Sifted sifted) {
        boolean hope = true;
        for (GenerationId id : new LinkedHashSet<>(dependencies)) {
            var other = Objects.requireNonNull(tables.row(sifted.standIn(id)));
            if (other.deleted() || (other.state().isTerminal() && other.state() != TaskState.SUCCEEDED)) {
                hope = false;
            } else if (other.state() != TaskState.SUCCEEDED) {
                task.dependsOn(other);
            }
        }
        return hope;
    }
}
