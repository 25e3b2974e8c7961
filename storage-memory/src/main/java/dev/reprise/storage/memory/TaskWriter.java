package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.rules.Step;
import dev.reprise.store.rules.TaskRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which a task changes: the rules decide, what belongs to the tasks is written, each row is written once, and
 * what follows from ends is done the same way until nothing follows any more. One object is for one operation.
 */
final class TaskWriter {

    private final Tx tx;
    private final Map<String, Change> pending = new TreeMap<>();
    private final Map<String, BatchEntry> stopping = new TreeMap<>();
    private final Map<String, BatchEntry> touched = new TreeMap<>();
    private final List<TaskEnd> ends = new ArrayList<>();

    TaskWriter(Tx tx) {
        this.tx = tx;
    }

    /** Changes a task as no runner reports; does nothing without a step. */
    boolean change(TaskEntry task, @Nullable Step step) {
        if (step == null) {
            return false;
        }
        change(Change.of(task, step));
        return true;
    }

    void change(Change change) {
        pending.put(change.task().id().value(), change);
    }

    /** Gives a task to a runner, if it may be claimed. */
    boolean claim(TaskEntry task, RunnerEntry runner) {
        var step = TaskRules.claimed(task.facts());
        if (step == null) {
            return false;
        }
        tx.tasks().claim(task, step, runner, tx.now());
        return true;
    }

    /** Writes all changes, and all that follows from them; all that has ended. */
    List<TaskEnd> finish() {
        follow();
        for (BatchEntry batch : List.copyOf(touched.values())) {
            if (batch.facts().isLimited()) {
                for (TaskEntry task : batch.next()) {
                    change(task, TaskRules.admitted(task.facts(), tx.now()));
                }
            }
        }
        follow();
        return ends;
    }

    /** First all that waits for what has ended, at every level; then what stops with its batch, and what waits for that. */
    private void follow() {
        while (!pending.isEmpty() || !stopping.isEmpty()) {
            if (pending.isEmpty()) {
                stop();
            } else {
                dependents(flush());
            }
        }
    }

    private List<Change> flush() {
        var changes = List.copyOf(pending.values());
        pending.clear();
        for (Companion companion : tx.companions().all()) {
            companion.changed(tx, changes);
        }
        for (Change change : changes) {
            var task = change.task();
            tx.tasks().change(task, change.step(), tx.now());
            if (task.batch != null) {
                touched.put(task.batch.id().value(), task.batch);
            }
            if (change.step().isEnd()) {
                ends.add(task.end(change.step()));
                ended(task, task.batch);
            }
        }
        return changes;
    }

    private void ended(TaskEntry task, @Nullable BatchEntry batch) {
        if (batch == null) {
            return;
        }
        batch.taskEnded(task.state(), tx.now());
        var facts = batch.facts();
        if (task.state() == TaskState.FAILED && facts.stopsOnFailure() && !facts.stopped()) {
            batch.stop();
            stopping.put(batch.id().value(), batch);
        }
    }

    private void dependents(List<Change> changes) {
        Map<GenerationId, Integer> met = new HashMap<>();
        Set<GenerationId> hopeless = new HashSet<>();
        for (Change change : changes) {
            if (change.step().isEnd()) {
                var waiting = tx.companions().dependencies().dependents(change.task());
                if (change.step().state() == TaskState.SUCCEEDED) {
                    waiting.forEach(id -> met.merge(id, 1, Integer::sum));
                } else {
                    hopeless.addAll(waiting);
                }
            }
        }
        met.keySet().removeAll(hopeless);
        for (GenerationId id : hopeless) {
            var task = row(id);
            change(task, TaskRules.dependencyFailed(task.facts()));
        }
        met.forEach((id, many) -> {
            var task = row(id);
            change(task, TaskRules.dependenciesMet(task.facts(), many, tx.now()));
        });
    }

    private TaskEntry row(GenerationId id) {
        return Objects.requireNonNull(tx.tasks().row(id));
    }

    private void stop() {
        var all = List.copyOf(stopping.values());
        stopping.clear();
        for (BatchEntry batch : all) {
            for (TaskEntry task : batch.all()) {
                change(task, TaskRules.batchStopped(task.facts()));
            }
        }
    }
}
