package dev.reprise.storage.memory;

import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** One incarnation of a runner in this store. */
final class InMemoryRunnerSession implements RunnerSession {

    private static final int LOOKS_PER_LEASE = 4;

    private final RunnerEntry runner;
    private final StoreLock lock;

    InMemoryRunnerSession(RunnerEntry runner, StoreLock lock) {
        this.runner = runner;
        this.lock = lock;
    }

    @Override
    public RunnerId id() {
        return runner.id();
    }

    @Override
    public Beat beat() {
        return lock.write(runner, this::beat);
    }

    private Beat beat(Tx tx) {
        if (!runner.isAlive()) {
            return new Beat(false, Set.of());
        }
        runner.beat(tx.now());
        return new Beat(true, runner.heldRefs());
    }

    @Override
    public Duration reapInterval() {
        return runner.spec().lease().dividedBy(LOOKS_PER_LEASE);
    }

    @Override
    public ReapReport reap() {
        return lock.write(runner, tx -> Reaper.reap(tx, runner));
    }

    @Override
    public Promotion promote() {
        return lock.write(runner, DueLook::promote);
    }

    @Override
    public List<TaskEnd> expire() {
        // This runner is woken as well: the end of one may have made another ready.
        return lock.write(null, DeadlineLook::expire);
    }

    @Override
    public List<ClaimedTask> claim(int limit) {
        return lock.write(runner, tx -> Claims.claim(tx, runner, limit));
    }

    @Override
    public Submitted submit(Submission submission, int claim) {
        return lock.write(runner, tx -> Submissions.store(tx, submission, runner, claim));
    }

    @Override
    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
        // This runner is woken as well: the answer does not say whether dependents were released.
        return lock.write(null, tx -> Outcomes.store(tx, runner, outcomes));
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        lock.write(runner, tx -> HandBack.of(tx, runner, tasks));
    }

    @Override
    public int unpark(KnownNames known) {
        return lock.write(runner, tx -> Parking.unpark(tx, known));
    }

    @Override
    public void close() {
        lock.write(runner, tx -> Reaper.leave(tx, runner));
    }
}
