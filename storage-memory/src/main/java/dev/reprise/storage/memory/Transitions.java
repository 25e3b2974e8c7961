package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a task's state changes: only as {@link TaskState#canBecome} allows, and never without the queues
 * and counts that follow it. Guarded by the store's lock.
 */
final class Transitions {

    private final Tables tables;
    private final Queues queues;
    private boolean readied;

    Transitions(Tables tables, Queues queues) {
        this.tables = tables;
        this.queues = queues;
    }

    /** Whether a task has become READY since the last time this was asked. */
    boolean takeReadied() {
        boolean taken = readied;
        readied = false;
        return taken;
    }

    /** WAITING, as every task is at first. */
    void begin(Task task) {
        queues.enter(task);
    }

    void ready(Task task) {
        change(task, TaskState.READY, null, null);
        readied = true;
    }

    /** SCHEDULED until then. */
    void schedule(Task task, Instant due) {
        require(task, TaskState.SCHEDULED);
        task.waitUntil(due); // the queue's order, so before the task is in the queue
        change(task, TaskState.SCHEDULED, null, null);
    }

    /** READY, or SCHEDULED when its time has not come. */
    void readyOrSchedule(Task task, Instant now) {
        if (task.due().isAfter(now)) {
            schedule(task, task.due());
        } else {
            ready(task);
        }
    }

    /** Tried again after a wait; READY at once without one. */
    void retry(Task task, Duration wait, Instant now) {
        if (StoreTime.isLater(wait)) {
            schedule(task, StoreTime.after(now, wait));
        } else {
            ready(task);
        }
    }

    void hold(Task task, String reason) {
        change(task, TaskState.HELD, reason, null);
    }

    void run(Task task, RunnerEntry runner, Instant now) {
        change(task, TaskState.RUNNING, null, runner);
        task.claimed(now);
    }

    void park(Task task, String reason) {
        change(task, TaskState.PARKED, reason, null);
    }

    /** Ends a task; those that depend on it are told by {@link Endings}. */
    void end(Task task, TaskState last, @Nullable String reason, Instant now) {
        change(task, last, reason, null);
        task.finished(now);
    }

    private void change(Task task, TaskState next, @Nullable String reason, @Nullable RunnerEntry runner) {
        require(task, next);
        queues.leave(task);
        tables.count(task, task.state(), -1);
        task.become(next, reason, runner);
        tables.count(task, next, 1);
        queues.enter(task);
    }

    private static void require(Task task, TaskState next) {
        if (!task.state().canBecome(next)) {
            throw new IllegalStateException("task " + task.id() + " must not go from " + task.state() + " to " + next);
        }
    }
}
