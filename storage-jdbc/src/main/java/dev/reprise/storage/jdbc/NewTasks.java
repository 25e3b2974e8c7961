package dev.reprise.storage.jdbc;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Reasons;
import dev.reprise.store.Standing;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides in which state each task of a submission begins, and makes its rows. */
final class NewTasks {

    static final Table TASK = Table.of(
            "task",
            "id text",
            "epoch bigint",
            "created_at bigint",
            "due_at bigint",
            "deadline_at bigint",
            "claimed_at bigint",
            "finished_at bigint",
            "priority integer",
            "run integer",
            "attempts integer",
            "failures integer",
            "crashes integer",
            "repeats integer",
            "pauses integer",
            "unmet integer",
            "place integer",
            "gate integer",
            "crash_fails integer",
            "state text",
            "owner text",
            "kind text",
            "provider text",
            "model text",
            "reason text",
            "runner text",
            "batch text",
            "task_key text",
            "parent text",
            "label text",
            "processor text",
            "idem_key text",
            "idem_hash text");

    private final Submission submission;
    private final List<NewTask> tasks;
    private final long now;
    private final Map<String, Integer> unmet = new HashMap<>();
    private final Map<String, TaskState> states = new HashMap<>();
    private final Set<String> claimed = new HashSet<>();

    /**
     * Decides.
     *
     * @param tasks those of the submission's tasks that are to be stored
     * @param standing the states of tasks stored before that others depend on; those not in it are gone
     * @param now the creation time
     */
    NewTasks(Submission submission, List<NewTask> tasks, Map<String, TaskState> standing, long now) {
        this.submission = submission;
        this.tasks = tasks;
        this.now = now;
        tasks.forEach(task -> states.put(id(task), TaskState.READY));
        skipWhatCannotRun(standing);
        for (NewTask task : tasks) {
            int count = (int) task.dependsOn().stream()
                    .distinct()
                    .filter(on -> state(on.value(), standing) != TaskState.SUCCEEDED)
                    .count();
            unmet.put(id(task), count);
            if (state(task) != TaskState.SKIPPED && count > 0) {
                states.put(id(task), TaskState.WAITING);
            }
        }
        hold();
    }

    private static String id(NewTask task) {
        return task.id().value();
    }

    private TaskState state(NewTask task) {
        return states.getOrDefault(id(task), TaskState.READY);
    }

    private TaskState state(String id, Map<String, TaskState> standing) {
        TaskState own = states.get(id);
        return own != null ? own : standing.getOrDefault(id, TaskState.SKIPPED);
    }

    private void skipWhatCannotRun(Map<String, TaskState> standing) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (NewTask task : tasks) {
                if (state(task) != TaskState.SKIPPED
                        && task.dependsOn().stream().anyMatch(on -> {
                            var state = state(on.value(), standing);
                            return state.isTerminal() && state != TaskState.SUCCEEDED;
                        })) {
                    states.put(id(task), TaskState.SKIPPED);
                    changed = true;
                }
            }
        }
    }

    private void hold() {
        NewBatch batch = submission.batch();
        Integer limit = batch == null ? null : batch.limit();
        List<NewTask> free = new ArrayList<>();
        for (NewTask task : tasks) {
            if (state(task) == TaskState.READY) {
                free.add(task);
                if (isLater(task)) {
                    states.put(id(task), TaskState.SCHEDULED);
                }
            }
        }
        if (limit != null) {
            free.sort(Comparator.comparingInt(task -> -task.priority()));
            free.stream().skip(limit).forEach(task -> states.put(id(task), TaskState.HELD));
        }
    }

    private static boolean isLater(NewTask task) {
        return task.timing().startIn().toMillis() > 0;
    }

    /** Claims up to a number of the READY ones, in order. */
    void claim(int most) {
        tasks.stream()
                .filter(task -> state(task) == TaskState.READY)
                .limit(most)
                .forEach(task -> claimed.add(id(task)));
    }

    /** Whether there are READY ones that were not claimed. */
    boolean leavesReady() {
        return tasks.stream().anyMatch(task -> state(task) == TaskState.READY && !claimed.contains(id(task)));
    }

    /** The rows of the task table. */
    List<Object[]> rows(@Nullable RunnerId runner) {
        NewBatch batch = submission.batch();
        var gate = batch == null ? Gate.NONE : Gate.of(batch.limit() != null, batch.stopsOnFailure());
        return tasks.stream().map(task -> row(task, gate, runner)).toList();
    }

    private Object[] row(NewTask task, Gate gate, @Nullable RunnerId runner) {
        boolean running = claimed.contains(id(task));
        var state = running ? TaskState.RUNNING : state(task);
        var place = task.placement();
        var same = task.idempotency();
        int one = running ? 1 : 0;
        return new @Nullable Object[] {
            id(task),
            (long) one,
            now,
            isLater(task) && !state.isTerminal()
                    ? (Long) (now + task.timing().startIn().toMillis())
                    : null,
            deadline(task),
            running ? (Long) now : null,
            state.isTerminal() ? (Long) now : null,
            task.priority(),
            1,
            one,
            0,
            0,
            0,
            0,
            unmet.get(id(task)),
            place.position(),
            gate.bits(),
            task.timing().onCrash() == NewTask.OnCrash.FAIL ? 1 : 0,
            state.name(),
            submission.owner().value(),
            task.labels().kind().name(),
            task.labels().provider(),
            task.labels().model(),
            reason(state),
            running && runner != null ? runner.value() : null,
            place.batch() == null ? null : place.batch().value(),
            place.key(),
            place.parent() == null ? null : place.parent().value(),
            task.labels().label(),
            task.labels().processor(),
            same == null ? null : same.key(),
            same == null ? null : same.hash()
        };
    }

    private @Nullable Long deadline(NewTask task) {
        var deadline = task.timing().deadline();
        return deadline == null ? null : (Long) (now + deadline.toMillis());
    }

    private static @Nullable String reason(TaskState state) {
        return switch (state) {
            case HELD -> Reasons.ADMISSION;
            case SKIPPED -> Reasons.DEPENDENCY;
            default -> null;
        };
    }

    /** What was claimed, as a claim would have read it. */
    List<ClaimedTask> claimed(RunnerId runner) {
        Instant at = Instant.ofEpochMilli(now);
        return tasks.stream()
                .filter(task -> claimed.contains(id(task)))
                .map(task -> {
                    Long deadline = deadline(task);
                    var row = new TaskRow(
                            task.id(),
                            submission.owner(),
                            task.labels(),
                            task.placement(),
                            task.priority(),
                            new Standing(TaskState.RUNNING, null, 1, 1, runner),
                            Counters.NONE.claimed(),
                            new TaskTimes(
                                    at, null, deadline == null ? null : Instant.ofEpochMilli(deadline), at, null));
                    return new ClaimedTask(row, task.request(), null, at);
                })
                .toList();
    }
}
