package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Reasons;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from tasks that have ended: dependents are released or skipped, a batch that stops is skipped, and a
 * batch with a limit admits others. Guarded by the store's lock.
 */
final class Endings {

    private final Transitions transitions;
    private final Admission admission;

    Endings(Transitions transitions, Admission admission) {
        this.transitions = transitions;
        this.admission = admission;
    }

    /** Spreads the news that tasks have ended, as far as it goes. */
    void spread(Collection<Task> ended, Instant now) {
        Set<BatchEntry> batches = new LinkedHashSet<>();
        tellDependents(ended, batches, now);
        for (Task task : ended) {
            if (task.state() == TaskState.FAILED && task.batch != null && task.batch.stopsOnFailure()) {
                tellDependents(stop(task.batch, now), batches, now);
            }
        }
        batches.forEach(batch -> admission.admit(batch, now));
    }

    private void tellDependents(Collection<Task> ended, Set<BatchEntry> batches, Instant now) {
        Deque<Task> news = new ArrayDeque<>(ended);
        for (var task = news.poll(); task != null; task = news.poll()) {
            if (task.batch != null) {
                batches.add(task.batch);
            }
            boolean succeeded = task.state() == TaskState.SUCCEEDED;
            for (Task dependent : task.takeDependents()) {
                if (dependent.state() != TaskState.WAITING) {
                    continue;
                }
                if (!succeeded) {
                    transitions.end(dependent, TaskState.SKIPPED, Reasons.DEPENDENCY, now);
                    news.add(dependent);
                } else if (dependent.dependencyMet()) {
                    admission.release(dependent, now);
                    if (dependent.batch != null) {
                        batches.add(dependent.batch);
                    }
                }
            }
        }
    }

    private List<Task> stop(BatchEntry batch, Instant now) {
        var skipped = batch.tasks()
                .filter(task -> !task.state().isTerminal() && !task.started())
                .toList();
        skipped.forEach(task -> transitions.end(task, TaskState.SKIPPED, Reasons.STOPPED, now));
        return skipped;
    }
}
