package dev.reprise.storage.jdbc;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.liveness.DeathDetector;
import dev.reprise.storage.jdbc.liveness.DeathDetectors;
import dev.reprise.storage.jdbc.liveness.Notifier;
import dev.reprise.storage.jdbc.liveness.RunnerRows;
import dev.reprise.storage.jdbc.reading.BatchReader;
import dev.reprise.storage.jdbc.reading.Chains;
import dev.reprise.storage.jdbc.reading.QueueReader;
import dev.reprise.storage.jdbc.reading.TaskReader;
import dev.reprise.storage.jdbc.schema.Migrations;
import dev.reprise.storage.jdbc.sql.Transactions;
import dev.reprise.storage.jdbc.sql.UninterruptedThreads;
import dev.reprise.storage.jdbc.tasks.Cancellation;
import dev.reprise.storage.jdbc.tasks.Purge;
import dev.reprise.storage.jdbc.tasks.Submissions;
import dev.reprise.store.BatchRow;
import dev.reprise.store.CallerTransaction;
import dev.reprise.store.Cancelled;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Purging;
import dev.reprise.store.QueueReads;
import dev.reprise.store.Retention;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks in a relational database that any number of processes share: PostgreSQL 14 or newer, MariaDB 10.11 or
 * newer, SQLite 3.51.3 or newer, H2 2.2.224 or newer. Thread-safe; one is enough for a process.
 *
 * <p>A connection is borrowed for as long as one transaction lasts, never while a provider is called; a pool of two is
 * enough. Transactions run at READ COMMITTED whatever the pool's default is.
 *
 * <p>An SQLite file is for the processes of one machine: one transaction writes at a time, so that a transaction of the
 * application's own in the same file keeps all others from writing for as long as it is open. An H2 file is for one
 * process; a submission to it has at most 1,000 tasks and 4 MB.
 */
public final class JdbcTaskStore implements TaskStore {

    private final Transactions transactions;
    private final Migrations migrations;
    private final UninterruptedThreads threads;
    private final DeathDetectors detectors;
    private final TaskReader tasks;
    private final BatchReader batches;
    private final Notifier notifier;
    private final Map<RunnerSession, Runnable> sessions = new ConcurrentHashMap<>();

    JdbcTaskStore(
            Transactions transactions, Migrations migrations, UninterruptedThreads threads, DeathDetectors detectors) {
        this.transactions = transactions;
        this.migrations = migrations;
        this.threads = threads;
        this.detectors = detectors;
        tasks = new TaskReader(transactions);
        batches = new BatchReader(transactions, tasks);
        notifier = new Notifier(transactions);
    }

    /**
     * A store in this database, its tables created or brought up to date.
     *
     * @throws StoreException when the database is none that is supported, cannot be reached, or its schema is newer than
     *     this library
     */
    public static JdbcTaskStore create(DataSource dataSource) {
        return builder(dataSource).build();
    }

    /** Starts a store with settings of its own. */
    public static JdbcTaskStoreBuilder builder(DataSource dataSource) {
        return new JdbcTaskStoreBuilder(dataSource);
    }

    /**
     * Creates the tables or brings them up to date. Any number of processes may do so at once; one does it.
     *
     * @throws StoreException when the schema is newer than this library, or this user may not change it
     */
    public void migrate() {
        migrations.migrate();
    }

    /** The statements that create the schema from nothing, for this database and this table prefix. */
    public String ddl() {
        return migrations.ddl();
    }

    /**
     * A transaction of the app's own, to submit in: {@code client.within(store.within(connection)).generate(request)}. The
     * tasks exist when, and only when, the app commits; runners find them at their next look after that. The connection's
     * isolation is left as it is, and nothing is committed or rolled back but to a savepoint of its own, so that a key that
     * is taken does not spoil the transaction.
     *
     * <p>Submitting is a {@link StoreException} while the connection's auto-commit is on: there is no transaction then.
     *
     * @param connection a connection to this store's database, with auto-commit off by the time something is submitted
     */
    public CallerTransaction within(Connection connection) {
        return new JdbcCallerTransaction(this, connection, transactions.statements());
    }

    /**
     * Removes tasks that ended long enough ago, with their payloads and attempts, in small transactions; it may be called
     * while others work. What is unfinished is kept, with all it was made from and its batch; so is what something
     * younger was made from.
     *
     * @return how many tasks were removed
     */
    public long purge(Retention retention) {
        return new Purge(transactions).purge(retention);
    }

    @Override
    public RunnerSession open(RunnerSpec spec, Runnable wake) {
        var id = new RunnerId(UUID.randomUUID().toString());
        DeathDetector own = detectors.open(transactions, id, spec, wake);
        var session = new JdbcRunnerSession(this, transactions, id, spec, own);
        sessions.put(session, wake);
        return session;
    }

    void forget(RunnerSession session) {
        sessions.remove(session);
    }

    /** Tells the runners of this store that there may be something to claim. */
    void wake() {
        sessions.values().forEach(Runnable::run);
    }

    /** Tells the runners of all processes, where that can be done, that there may be something to claim. */
    void wakeAll() {
        wake();
        notifier.send();
    }

    @Override
    public Submitted submit(Submission submission) {
        return submit(submission, null, 0);
    }

    Submitted submit(Submission submission, @Nullable RunnerId runner, int claim) {
        Submissions.check(submission, transactions.statements().dialect());
        try {
            var done =
                    Submissions.store(work -> transactions.writeRepeatedly("submit", work), submission, runner, claim);
            if (done.ready()) {
                wakeAll();
            }
            return done.submitted();
        } catch (SQLException e) {
            throw Transactions.failure("submit", e, transactions.classify(e));
        }
    }

    @Override
    public Optional<StoredTask> find(Scope scope, GenerationId id) {
        return tasks.find(scope, List.of(id)).stream().findFirst();
    }

    @Override
    public List<StoredTask> find(Scope scope, Collection<GenerationId> ids) {
        return tasks.find(scope, ids);
    }

    @Override
    public List<TaskSummary> summaries(Scope scope, Collection<GenerationId> ids) {
        return tasks.summaries(scope, ids);
    }

    @Override
    public Map<GenerationId, TaskState> states(Collection<GenerationId> ids) {
        return tasks.states(ids);
    }

    @Override
    public Map<TaskState, Long> counts(Scope scope) {
        return tasks.counts(scope);
    }

    @Override
    public Optional<GenerationId> byIdempotencyKey(Owner owner, String key) {
        return tasks.byIdempotencyKey(owner, key);
    }

    @Override
    public Slice<TaskSummary> list(TaskQuery query) {
        return tasks.list(query);
    }

    @Override
    public List<TaskSummary> children(Scope scope, GenerationId parent) {
        return tasks.children(scope, parent);
    }

    @Override
    public Optional<StoredBatch> batch(Scope scope, BatchId id) {
        return batches.batch(scope, id);
    }

    @Override
    public Optional<BatchRow> summary(Scope scope, BatchId id) {
        return batches.summary(scope, id);
    }

    @Override
    public Slice<BatchRow> feed(Scope scope, int limit, @Nullable PagePoint after) {
        return batches.feed(scope, limit, after);
    }

    @Override
    public Optional<Purging> purging() {
        return Optional.of(new Purge(transactions));
    }

    @Override
    public Optional<QueueReads> queueReads() {
        return Optional.of(new QueueReader(transactions));
    }

    @Override
    public Optional<StoredChain> chain(Scope scope, GenerationId id, int limit, boolean acrossContinuations) {
        return new Chains(tasks).chain(scope, id, limit, acrossContinuations);
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, GenerationId id) {
        return woken(Cancellation.cancel(transactions, scope, id));
    }

    @Override
    public Optional<Cancelled> cancel(Scope scope, BatchId id) {
        return woken(Cancellation.cancel(transactions, scope, id));
    }

    @Override
    public Optional<Cancelled> delete(Scope scope, GenerationId id) {
        return woken(Cancellation.delete(transactions, scope, id));
    }

    private Optional<Cancelled> woken(Cancellation.Done done) {
        if (done.ready()) {
            wake();
        }
        return done.cancelled();
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(transactions.single("now", RunnerRows::now));
    }

    @Override
    public void close() {
        threads.close();
        transactions.statements().dialect().close();
    }
}
