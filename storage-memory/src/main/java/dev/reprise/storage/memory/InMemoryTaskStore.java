package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task store in the heap of this process: for tests, and for work that may be lost with the process. Thread-safe.
 *
 * <p>Clients that share one of these stores share its tasks, as processes share a database: what one of them leaves
 * behind the others take over when its lease has run out. As there is nothing between the store and its users that
 * could fail, the lease alone decides who is dead, and no {@link dev.reprise.failure.StoreException} is ever thrown.
 *
 * <p>Tasks stay as long as the store can be reached, ended ones too, until they are deleted; {@link #close} does
 * nothing, because another client may be using the store.
 */
public final class InMemoryTaskStore implements TaskStore {

    private final StoreTime time;
    private final Runners runners = new Runners();
    private final Tables tables = new Tables();
    private final Queries queries = new Queries(tables);
    private final Chains chains = new Chains(tables);
    private final Exclusive exclusive;
    private final Claims claims;
    private final Schedule schedule;
    private final Submissions submissions;
    private final Outcomes outcomes;
    private final Reaper reaper;
    private final Cancellation cancellation;

    private InMemoryTaskStore(InstantSource clock) {
        time = new StoreTime(clock);
        var queues = new Queues();
        var transitions = new Transitions(tables, queues);
        var admission = new Admission(transitions);
        var endings = new Endings(transitions, admission);
        exclusive = new Exclusive(time, runners, queues, transitions);
        claims = new Claims(tables, queues, transitions, admission);
        schedule = new Schedule(queues, transitions, endings);
        submissions = new Submissions(tables, transitions, admission, endings, claims);
        outcomes = new Outcomes(tables, transitions, admission, endings);
        reaper = new Reaper(runners, transitions, endings);
        cancellation = new Cancellation(tables, transitions, endings);
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
        return exclusive.write(null, now -> {
            var runner = new RunnerEntry(id, spec, wake, now);
            runners.add(runner);
            return new MemorySession(runner, exclusive, claims, schedule, submissions, outcomes, reaper);
        });
    }

    @Override
    public Submitted submit(Submission submission) {
        return exclusive.write(null, now -> submissions.submit(submission, null, 0, now));
    }

    @Override
    public Optional<StoredTask> find(Scope scope, GenerationId id) {
        return exclusive.read(() -> Optional.ofNullable(tables.find(scope, id)).map(Task::stored));
    }

    @Override
    public List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        return exclusive.read(() -> ids.stream()
                .distinct()
                .map(id -> tables.find(scope, id))
                .filter(Objects::nonNull)
                .map(Task::stored)
                .toList());
    }

    @Override
    public Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        return exclusive.read(() -> {
            var states = new LinkedHashMap<GenerationId, TaskState>();
            for (GenerationId id : ids) {
                var task = tables.find(Scope.ALL, id);
                if (task != null) {
                    states.put(id, task.state());
                }
            }
            return states;
        });
    }

    @Override
    public Map<TaskState, Long> counts(Scope scope) {
        return exclusive.read(() -> tables.visibleTo(scope).counts());
    }

    @Override
    public Optional<StoredBatch> batch(Scope scope, BatchId id) {
        return exclusive.read(
                () -> queries.tasksOf(scope, id).stream().findFirst().map(Queries::feedEntry));
    }

    @Override
    public Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return exclusive.read(
                () -> Optional.ofNullable(tables.byKey(owner, key)).map(Task::id));
    }

    @Override
    public Slice<StoredTask> list(TaskQuery query) {
        return exclusive.read(() -> queries.list(query));
    }

    @Override
    public Slice<StoredBatch> feed(Scope scope, int limit, @Nullable PagePoint after) {
        return exclusive.read(() -> queries.feed(scope, limit, after));
    }

    @Override
    public List<StoredTask> children(Scope scope, GenerationId parent) {
        return exclusive.read(() -> queries.children(scope, parent));
    }

    @Override
    public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        return exclusive.read(() -> Optional.ofNullable(tables.find(scope, id))
                .map(task -> chains.upwards(scope, task, limit, acrossContinuations)));
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, GenerationId id) {
        return exclusive.write(
                null,
                now -> Optional.ofNullable(tables.find(scope, id))
                        .map(task -> cancellation.cancel(List.of(task), now)));
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, BatchId id) {
        return exclusive.write(null, now -> {
            var tasks = queries.tasksOf(scope, id);
            return tasks.isEmpty() ? Optional.empty() : Optional.of(cancellation.cancel(tasks, now));
        });
    }

    @Override
    public Optional<Cancelled> delete(Scope scope, GenerationId id) {
        return exclusive.write(
                null, now -> Optional.ofNullable(tables.find(scope, id)).map(task -> cancellation.delete(task, now)));
    }

    @Override
    public Instant now() {
        return time.now();
    }

    /** Does nothing: the store has opened nothing, and its tasks are there for its other users. */
    @Override
    public void close() {}
}
