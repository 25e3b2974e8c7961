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

/** A session that passes everything on to another. */
abstract class DelegatingSession implements RunnerSession {

    final RunnerSession delegate;

    DelegatingSession(RunnerSession delegate) {
        this.delegate = delegate;
    }

    @Override
    public RunnerId id() {
        return delegate.id();
    }

    @Override
    public Beat beat() {
        return delegate.beat();
    }

    @Override
    public List<String> problems() {
        return delegate.problems();
    }

    @Override
    public Duration reapInterval() {
        return delegate.reapInterval();
    }

    @Override
    public ReapReport reap() {
        return delegate.reap();
    }

    @Override
    public Promotion promote() {
        return delegate.promote();
    }

    @Override
    public List<TaskEnd> expire() {
        return delegate.expire();
    }

    @Override
    public List<ClaimedTask> claim(int limit) {
        return delegate.claim(limit);
    }

    @Override
    public Submitted submit(Submission submission, int claim) {
        return delegate.submit(submission, claim);
    }

    @Override
    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
        return delegate.storeOutcomes(outcomes);
    }

    @Override
    public void handBack(Collection<TaskRef> tasks) {
        delegate.handBack(tasks);
    }

    @Override
    public int unpark(KnownNames known) {
        return delegate.unpark(known);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
