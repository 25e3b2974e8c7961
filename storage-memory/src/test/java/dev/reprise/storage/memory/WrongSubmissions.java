package dev.reprise.storage.memory;

import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Cancelled;
import dev.reprise.store.NewTask;
import dev.reprise.store.NewTask.Timing;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Stores that do not store what they are given. */
final class WrongSubmissions {

    private WrongSubmissions() {}

    /** A submission that claims takes its tasks by id, whatever their priority. */
    static TaskStore claimsIgnorePriority(TaskStore right) {
        var priorities = new HashMap<GenerationId, Integer>();
        var store = new WrongStore(right) {
            @Override
            Submitted submit(Submission submission, int claim, Function<Submission, Submitted> right) {
                for (NewTask task : submission.tasks()) {
                    if (row(task.id()) == null) {
                        priorities.put(task.id(), task.priority());
                    }
                }
                return right.apply(claim == 0 ? submission : with(submission, task -> of(task, 0, task.timing())));
            }
        };
        return ShownRows.of(
                store,
                row -> new TaskRow(
                        row.id(),
                        row.owner(),
                        row.labels(),
                        row.placement(),
                        priorities.getOrDefault(row.id(), row.priority()),
                        row.status(),
                        row.counters(),
                        row.times()));
    }

    /** A task that waits for others starts as soon as they have succeeded. */
    static TaskStore dependencyLosesDelay(TaskStore right) {
        return new WrongStore(right) {
            @Override
            Submitted submit(Submission submission, int claim, Function<Submission, Submitted> right) {
                return right.apply(with(submission, task -> {
                    var timing = task.timing();
                    return task.dependsOn().isEmpty()
                            ? task
                            : of(task, task.priority(), new Timing(Duration.ZERO, timing.deadline(), timing.onCrash()));
                }));
            }
        };
    }

    /** Whoever deletes a task cannot use its idempotency key again. */
    static TaskStore deletedTaskKeepsItsKey(TaskStore right) {
        var keys = new HashMap<GenerationId, String>();
        var taken = new HashMap<Map.Entry<Owner, String>, GenerationId>();
        return new WrongStore(right) {
            @Override
            Submitted submit(Submission submission, int claim, Function<Submission, Submitted> right) {
                for (NewTask task : submission.tasks()) {
                    var same = task.idempotency();
                    var id = same == null ? null : taken.get(Map.entry(submission.owner(), same.key()));
                    if (same != null && id != null) {
                        return new Submitted.KeyReused(same.key(), id);
                    }
                    if (same != null) {
                        keys.put(task.id(), same.key());
                    }
                }
                return right.apply(submission);
            }

            @Override
            public Optional<Cancelled> delete(Scope scope, GenerationId id) {
                var row = row(id);
                var key = keys.get(id);
                if (row != null && key != null) {
                    taken.put(Map.entry(row.owner(), key), id);
                }
                return super.delete(scope, id);
            }
        };
    }

    private static NewTask of(NewTask task, int priority, Timing timing) {
        return new NewTask(
                task.id(),
                task.labels(),
                task.placement(),
                priority,
                timing,
                task.dependsOn(),
                task.idempotency(),
                task.requiredLevel(),
                task.request());
    }
}
