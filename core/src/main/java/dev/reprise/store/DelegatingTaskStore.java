package dev.reprise.store;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that passes everything on to another: what measures, traces or limits a store extends it and overrides what it
 * is about. A client that is built with it takes transactions of the store below as well.
 */
public abstract class DelegatingTaskStore implements TaskStore {

    private final TaskStore delegate;

    /** A store that passes everything on to another. */
    protected DelegatingTaskStore(TaskStore delegate) {
        this.delegate = delegate;
    }

    /** What everything is passed on to. */
    protected final TaskStore delegate() {
        return delegate;
    }

    @Override
    public final TaskStore undecorated() {
        return delegate.undecorated();
    }

    @Override
    public RunnerSession open(RunnerSpec spec, Runnable wake) {
        return delegate.open(spec, wake);
    }

    @Override
    public Submitted submit(Submission submission) {
        return delegate.submit(submission);
    }

    @Override
    public Optional<StoredTask> find(Scope scope, GenerationId id) {
        return delegate.find(scope, id);
    }

    @Override
    public List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        return delegate.find(scope, ids);
    }

    @Override
    public List<TaskSummary> summaries(Scope scope, Collection<GenerationId> ids) {
        return delegate.summaries(scope, ids);
    }

    @Override
    public Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        return delegate.states(ids);
    }

    @Override
    public Map<TaskState, Long> counts(Scope scope) {
        return delegate.counts(scope);
    }

    @Override
    public Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return delegate.byIdempotencyKey(owner, key);
    }

    @Override
    public Slice<TaskSummary> list(TaskQuery query) {
        return delegate.list(query);
    }

    @Override
    public List<TaskSummary> children(Scope scope, GenerationId parent) {
        return delegate.children(scope, parent);
    }

    @Override
    public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        return delegate.chain(scope, id, limit, acrossContinuations);
    }

    @Override
    public Optional<StoredBatch> batch(Scope scope, BatchId id) {
        return delegate.batch(scope, id);
    }

    @Override
    public Optional<BatchRow> summary(Scope scope, BatchId id) {
        return delegate.summary(scope, id);
    }

    @Override
    public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
        return delegate.feed(scope, limit, after);
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, GenerationId id) {
        return delegate.cancel(scope, id);
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, BatchId id) {
        return delegate.cancel(scope, id);
    }

    @Override
    public Optional<Cancelled> delete(Scope scope, GenerationId id) {
        return delegate.delete(scope, id);
    }

    @Override
    public Optional<Purging> purging() {
        return delegate.purging();
    }

    @Override
    public Optional<QueueReads> queueReads() {
        return delegate.queueReads();
    }

    @Override
    public Instant now() {
        return delegate.now();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
