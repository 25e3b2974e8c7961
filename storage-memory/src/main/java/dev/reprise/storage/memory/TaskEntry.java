package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Counters;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.NewTask;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Placement;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskTimes;
import dev.reprise.store.rules.BatchFacts;
import dev.reprise.store.rules.Birth;
import dev.reprise.store.rules.Orders;
import dev.reprise.store.rules.Step;
import dev.reprise.store.rules.TaskFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task's row. It is changed by {@link TaskTable} alone, because the indexes follow it. Guarded by the store's lock. */
final class TaskEntry implements FeedItem {

    final Owner owner;
    final TaskLabels labels;
    final Placement placement;
    final @Nullable BatchEntry batch;
    final @Nullable Instant deadlineAt;

    private final PagePoint point;
    private final int priority;
    private final boolean failsOnCrash;
    private final int requiredLevel;
    private NewTask.@Nullable Idempotency idempotency;
    private TaskState state;
    private @Nullable StateReason reason;
    private @Nullable FailureSummary failure;
    private int run;
    private long epoch;
    private @Nullable RunnerEntry runner;
    private Counters counters;
    private int openDependencies;
    private @Nullable Instant dueAt;
    private @Nullable Instant claimedAt;
    private @Nullable Instant finishedAt;
    private @Nullable String handover;
    private boolean deleted;

    /** A task as it is born; one that its runner claims at once is claimed after that. */
    TaskEntry(Birth birth, Owner owner, @Nullable BatchEntry batch, Instant now) {
        var task = birth.task();
        var step = birth.step();
        this.owner = owner;
        this.labels = task.labels();
        this.placement = birth.placement();
        this.batch = batch;
        this.deadlineAt = birth.deadlineAt();
        this.point = new PagePoint(now, task.id());
        this.priority = task.priority();
        this.failsOnCrash = birth.failsOnCrash();
        this.requiredLevel = task.requiredLevel();
        this.idempotency = task.idempotency();
        state = step.state();
        counters = step.counters();
        become(step, now);
    }

    /** What a change makes of it: nobody has it then. */
    void become(Step step, Instant now) {
        state = step.state();
        reason = step.reason();
        failure = step.failure();
        run = step.run();
        runner = null;
        counters = step.counters();
        openDependencies = step.openDependencies();
        dueAt = step.dueAt();
        finishedAt = step.isEnd() ? now : null;
        if (!step.handover().kept()) {
            handover = step.handover().text();
        }
    }

    /** What a claim makes of it besides. */
    void claimed(RunnerEntry who, Instant now) {
        runner = who;
        epoch++;
        claimedAt = now;
    }

    /** Nobody sees it any more, and its idempotency key is free. */
    void hide() {
        deleted = true;
        idempotency = null;
        handover = null;
    }

    GenerationId id() {
        return point.id();
    }

    @Override
    public PagePoint point() {
        return point;
    }

    NewTask.@Nullable Idempotency idempotency() {
        return idempotency;
    }

    TaskState state() {
        return state;
    }

    @Nullable
    StateReason reason() {
        return reason;
    }

    @Nullable
    FailureSummary failure() {
        return failure;
    }

    int run() {
        return run;
    }

    long epoch() {
        return epoch;
    }

    /** Who has it; null unless it is RUNNING or UPLOADING. */
    @Nullable
    RunnerEntry runner() {
        return runner;
    }

    Counters counters() {
        return counters;
    }

    /** When it may be claimed; of a task that waits only. */
    @Nullable
    Instant dueAt() {
        return dueAt;
    }

    /** When its latest claim was made, or null before the first. */
    @Nullable
    Instant claimedAt() {
        return claimedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    /** What its latest outcome has left for the next attempt, or null. */
    @Nullable
    String handover() {
        return handover;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Whether a claim of it may have reached the provider in this run. */
    boolean isTried() {
        return counters.attempts() > 0;
    }

    /** Whether a runner has it under a claim: the fence of every write of an attempt. */
    boolean isHeld(TaskRef ref, RunnerEntry who) {
        return runner == who && epoch == ref.epoch() && facts().isLeased();
    }

    /** What the rules decide by. */
    TaskFacts facts() {
        return new TaskFacts(
                state,
                reason,
                run,
                counters,
                openDependencies,
                dueAt,
                failsOnCrash,
                labels.awaitsDecision(),
                requiredLevel,
                batch == null ? BatchFacts.NONE : batch.facts());
    }

    int requiredLevel() {
        return requiredLevel;
    }

    Orders.Place place() {
        return new Orders.Place(id(), priority, point.createdAt(), placement.position(), isTried());
    }

    TaskRef ref() {
        return new TaskRef(id(), epoch);
    }

    TaskEnd end(Step step) {
        return new TaskEnd(id(), owner, placement.batch(), step.run(), step.state(), step.reason(), step.failure());
    }

    /** A start that is planned for when the task is no longer held or waiting is not shown. */
    TaskRow row() {
        return new TaskRow(
                id(),
                owner,
                labels,
                placement,
                priority,
                new TaskStatus(state, reason, failure, run, epoch, runner == null ? null : runner.id()),
                counters,
                new TaskTimes(
                        point.createdAt(),
                        state == TaskState.SCHEDULED ? dueAt : null,
                        deadlineAt,
                        claimedAt,
                        finishedAt));
    }
}
