package dev.reprise.runner;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.Claim;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters;
import dev.reprise.store.KnownNames;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Payload;
import dev.reprise.store.Placement;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** An incarnation whose store is played by the test: it says whether it lives and what it has, and notes the rest. */
public final class RecordingSession implements RunnerSession {

    final List<Set<TaskRef>> handedBack = new ArrayList<>();
    final List<List<String>> stored = new ArrayList<>();
    boolean alive = true;
    Set<TaskRef> held = Set.of();
    ReapReport found = ReapReport.NOTHING;
    Runnable duringBeat = () -> {};
    /** The receipts to answer with, or empty to store all. */
    List<OutcomeReceipt> answers = List.of();

    int closed;
    int failures;
    private final RunnerId id;

    public RecordingSession(String id) {
        this.id = new RunnerId(id);
    }

    /** A claim of this incarnation. */
    public Claim claim(String task) {
        var labels = new TaskLabels(GenerationKind.SINGLE, null, "fake", "model", null, null);
        var row = new TaskRow(
                new GenerationId(task),
                Owner.NONE,
                labels,
                Placement.ALONE,
                0,
                new TaskStatus(TaskState.RUNNING, null, null, 1, 1, id),
                Counters.NONE.claimed(),
                new TaskTimes(Instant.EPOCH, null, null, Instant.EPOCH, null));
        var claimed = new ClaimedTask(row, Payload.of(new byte[0]), null, Instant.EPOCH);
        return new Claim(claimed, this, new ActiveCall(null, text -> {}), 0);
    }

    @Override
    public RunnerId id() {
        return id;
    }

    @Override
    public Beat beat() {
        duringBeat.run();
        return new Beat(alive, held);
    }

    @Override
    public Duration reapInterval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public ReapReport reap() {
        return found;
    }

    @Override
    public Promotion promote() {
        return new Promotion(0, null, null);
    }

    @Override
    public List<TaskEnd> expire() {
        return List.of();
    }

    @Override
    public List<ClaimedTask> claim(int limit) {
        return List.of();
    }

    @Override
    public Submitted submit(Submission submission, int claim) {
        throw new UnsupportedOperationException();
    }

    /** Fails as often as it is told to, without storing anything; else stores all. */
    @Override
    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("the store is away");
        }
        stored.add(outcomes.stream().map(outcome -> outcome.ref().id().value()).toList());
        return new StoredOutcomes(
                answers.isEmpty() ? Collections.nCopies(outcomes.size(), OutcomeReceipt.STORED) : answers, List.of());
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        handedBack.add(Set.copyOf(tasks));
    }

    @Override
    public int unpark(KnownNames known) {
        return 0;
    }

    @Override
    public void close() {
        closed++;
    }
}
