package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.NewTask;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Standing;
import dev.reprise.store.StoredTask;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's row. Its state is changed by {@link Transitions} alone, because the indexes follow it; it starts WAITING.
 * Guarded by the store's lock.
 */
final class Task {

    /** The order of claims and of admission: the highest priority first, then the oldest. */
    static final Comparator<Task> BY_PRIORITY_AND_AGE = Comparator.<Task>comparingInt(task -> task.priority)
            .reversed()
            .thenComparing(Task::createdAt)
            .thenComparingLong(task -> task.sequence);

    /** The order of a batch's tasks. */
    static final Comparator<Task> BY_POSITION = Comparator.comparing(
                    (Task task) -> task.placement.position(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingLong(task -> task.sequence);

    private static final Payload ERASED = Payload.of(new byte[0]);
    private static final int FIRST_RUN = 1;

    final PagePoint point;
    final long sequence;
    final Owner owner;
    final TaskLabels labels;
    final Placement placement;
    final int priority;
    final NewTask.OnCrash onCrash;
    final NewTask.@Nullable Idempotency idempotency;
    final @Nullable BatchEntry batch;

    private final @Nullable Instant deadlineAt;
    private Payload request;
    private TaskState state = TaskState.WAITING;
    private @Nullable String reason;
    private long epoch;
    private @Nullable RunnerEntry runner;
    private Counters counters = Counters.NONE;
    private @Nullable Instant notBefore;
    private @Nullable Instant claimedAt;
    private @Nullable Instant finishedAt;
    private @Nullable String carry;
    private @Nullable Payload result;
    private boolean deleted;
    private int unmet;
    private List<Task> dependents = List.of();
    private List<EndedClaim> endedClaims = List.of();

    Task(NewTask task, Placement placement, Owner owner, @Nullable BatchEntry batch, Instant createdAt, long sequence) {
        var timing = task.timing();
        this.point = new PagePoint(createdAt, task.id());
        this.sequence = sequence;
        this.owner = owner;
        this.labels = task.labels();
        this.placement = placement;
        this.priority = task.priority();
        this.onCrash = timing.onCrash();
        this.idempotency = task.idempotency();
        this.batch = batch;
        this.deadlineAt = timing.deadline() == null ? null : StoreTime.after(createdAt, timing.deadline());
        this.notBefore = StoreTime.isLater(timing.startIn()) ? StoreTime.after(createdAt, timing.startIn()) : null;
        this.request = task.request();
    }

    GenerationId id() {
        return point.id();
    }

    Instant createdAt() {
        return point.createdAt();
    }

    TaskState state() {
        return state;
    }

    @Nullable
    String reason() {
        return reason;
    }

    Counters counters() {
        return counters;
    }

    boolean deleted() {
        return deleted;
    }

    /** When it may be claimed; in the past for a task that may be at once. */
    Instant due() {
        return notBefore == null ? createdAt() : notBefore;
    }

    boolean hasDeadline() {
        return deadlineAt != null;
    }

    /** Its deadline; the end of time for a task without one. */
    Instant mustEndBy() {
        return deadlineAt == null ? Instant.MAX : deadlineAt;
    }

    /** Who has it; null unless it is RUNNING or UPLOADING. */
    @Nullable
    RunnerEntry runner() {
        return runner;
    }

    /** Whether a runner has it under a claim: the fence of every write of an attempt. */
    boolean isHeldBy(RunnerEntry someone, long claim) {
        return runner == someone && epoch == claim;
    }

    /** Whether a claim of it may have reached the provider. */
    boolean started() {
        return counters.attempts() > 0;
    }

    /** Changes the state; for {@link Transitions} alone. */
    void become(TaskState next, @Nullable String why, @Nullable RunnerEntry who) {
        state = next;
        reason = why;
        runner = who;
    }

    /** What a claim changes besides the state. */
    void claimed(Instant now) {
        epoch++;
        counters = counters.claimed();
        claimedAt = now;
        notBefore = null;
    }

    void count(Counters next) {
        counters = next;
    }

    void waitUntil(Instant due) {
        notBefore = due;
    }

    void carry(@Nullable String next) {
        carry = next;
    }

    void result(Payload payload) {
        result = payload;
    }

    /** Drops what an ended task needs no more. */
    void finished(Instant now) {
        finishedAt = now;
        carry = null;
    }

    /** Erases its payloads. */
    void delete() {
        deleted = true;
        request = ERASED;
        result = null;
        endedClaims = endedClaims.stream().map(EndedClaim::erased).toList();
    }

    void dependsOn(Task other) {
        unmet++;
        if (other.dependents.isEmpty()) {
            other.dependents = new ArrayList<>(1);
        }
        other.dependents.add(this);
    }

    /** Counts one dependency as met; true when it was the last. */
    boolean dependencyMet() {
        return --unmet == 0;
    }

    boolean hasUnmetDependencies() {
        return unmet > 0;
    }

    /** Those that wait for it to end, which are told once. */
    List<Task> takeDependents() {
        var taken = dependents;
        dependents = List.of();
        return taken;
    }

    /** Records how its present claim ended. */
    void endClaim(EndedClaim ended) {
        var all = new ArrayList<EndedClaim>(endedClaims.size() + 1);
        all.addAll(endedClaims);
        all.add(ended);
        endedClaims = all;
    }

    /** The end of an earlier claim of a runner, or null when that claim has not ended or never was. */
    @Nullable
    EndedClaim endedClaim(long claim, RunnerEntry someone) {
        return endedClaims.stream()
                .filter(ended -> ended.epoch() == claim && ended.runner().equals(someone.id()))
                .findFirst()
                .orElse(null);
    }

    void replace(EndedClaim by) {
        endedClaims = endedClaims.stream()
                .map(each -> each.epoch() == by.epoch() ? by : each)
                .toList();
    }

    long epoch() {
        return epoch;
    }

    Instant claimedAt() {
        return Objects.requireNonNull(claimedAt);
    }

    TaskRef ref() {
        return new TaskRef(id(), epoch);
    }

    int run() {
        return FIRST_RUN;
    }

    TaskRow row() {
        return new TaskRow(
                id(),
                owner,
                labels,
                placement,
                priority,
                new Standing(state, reason, run(), epoch, runner == null ? null : runner.id()),
                counters,
                new TaskTimes(
                        createdAt(),
                        state == TaskState.SCHEDULED ? notBefore : null,
                        deadlineAt,
                        claimedAt,
                        finishedAt));
    }

    ClaimedTask claim(Instant now) {
        return new ClaimedTask(row(), request, carry, now);
    }

    StoredTask stored() {
        var attempts = endedClaims.stream().flatMap(EndedClaim::attempts).toList();
        return new StoredTask(row(), request, result, attempts);
    }
}
