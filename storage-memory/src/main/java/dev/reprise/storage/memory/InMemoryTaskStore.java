package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.BatchRow;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Purging;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.StoredBatch;
import dev.reprise.store.StoredChain;
import dev.reprise.store.StoredTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskStore;
import dev.reprise.store.TaskSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task store in the heap of this process: for tests, and for work that may be lost with the process. Thread-safe.
 *
 * <p>Clients that share one of these stores share its tasks, as processes share a database: what one of them leaves
 * behind the others take over when its lease has run out. As there is nothing between the store and its users that
 * could fail, the lease alone decides who is dead, and no {@link dev.reprise.failure.StoreException} that is passing is
 * ever thrown.
 *
 * <p>Tasks stay as long as the store can be reached, ended ones too, until they are deleted or purged; {@link #close} does
 * nothing, because another client may be using the store.
 */
public final class InMemoryTaskStore implements TaskStore {

    private final StoreClock clock;
    private final StoreLock lock;

    private InMemoryTaskStore(InstantSource source) {
        clock = new StoreClock(source);
        lock = new StoreLock(clock);
    }

    /** An empty store on the system's clock. */
    public static InMemoryTaskStore create() {
        return create(InstantSource.system());
    }

    /**
     * An empty store.
     *
     * @param clock the store's clock, which decides leases and due times; read in whole milliseconds while the store is
     *     locked, so it must not call the store
     */
    public static InMemoryTaskStore create(InstantSource clock) {
        return new InMemoryTaskStore(clock);
    }

    @Override
    public RunnerSession open(RunnerSpec spec, Runnable wake) {
        var id = new RunnerId(UUID.randomUUID().toString());
        return lock.write(null, tx -> {
            var runner = new RunnerEntry(id, spec, wake, tx.now());
            tx.runners().add(runner);
            return new InMemoryRunnerSession(runner, lock);
        });
    }

    @Override
    public Submitted submit(Submission submission) {
        return lock.write(null, tx -> Submissions.store(tx, submission, null, 0));
    }

    @Override
    public Optional<StoredTask> find(Scope scope, GenerationId id) {
        return find(scope, List.of(id)).stream().findFirst();
    }

    @Override
    public List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        return lock.read(tx -> TaskReader.find(tx, scope, ids, task -> TaskReader.stored(tx, task)));
    }

    @Override
    public List<TaskSummary> summaries(Scope scope, Collection<GenerationId> ids) {
        return lock.read(tx -> TaskReader.find(tx, scope, ids, task -> TaskReader.summary(tx, task)));
    }

    @Override
    public Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        return lock.read(tx -> TaskReader.states(tx, ids));
    }

    @Override
    public Map<TaskState, Long> counts(Scope scope) {
        return lock.read(tx -> tx.tasks().visibleTo(scope).counts());
    }

    @Override
    public Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return lock.read(tx -> Optional.ofNullable(tx.tasks().byKey(owner, key)).map(TaskEntry::id));
    }

    @Override
    public Slice<TaskSummary> list(TaskQuery query) {
        return lock.read(tx -> TaskReader.list(tx, query));
    }

    @Override
    public List<TaskSummary> children(Scope scope, GenerationId parent) {
        return lock.read(tx -> TaskReader.children(tx, scope, parent));
    }

    @Override
    public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        return lock.read(tx -> Chains.chain(tx, scope, id, limit, acrossContinuations));
    }

    @Override
    public Optional<StoredBatch> batch(Scope scope, BatchId id) {
        return lock.read(tx -> BatchReader.batch(tx, scope, id));
    }

    @Override
    public Optional<BatchRow> summary(Scope scope, BatchId id) {
        return lock.read(tx -> BatchReader.summary(tx, scope, id));
    }

    @Override
    public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
        return lock.read(tx -> BatchReader.feed(tx, scope, limit, after));
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, GenerationId id) {
        return lock.write(null, tx -> Cancellation.cancel(tx, scope, id));
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, BatchId id) {
        return lock.write(null, tx -> Cancellation.cancel(tx, scope, id));
    }

    @Override
    public Optional<Cancelled> delete(Scope scope, GenerationId id) {
        return lock.write(null, tx -> Cancellation.delete(tx, scope, id));
    }

    @Override
    public Optional<Purging> purging() {
        return Optional.of(new Purge(lock));
    }

    @Override
    public Optional<QueueReads> queueReads() {
        return Optional.of(new QueueReader(lock));
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    /** Does nothing: the store has opened nothing, and its tasks are there for its other users. */
    @Override
    public void close() {}
}
