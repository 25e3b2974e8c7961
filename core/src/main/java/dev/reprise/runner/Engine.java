package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.event.Health;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.IdSource;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one client in one process. Puts the parts together: membership beats, the pump claims, attempts run,
 * the outcome queue stores, and whoever waits or listens is told.
 */
public final class Engine implements AutoCloseable {

    private final TaskStore store;
    private final Registry registry;
    private final EngineSettings settings;
    private final TimeSource time;
    private final WorkThreads threads;
    private final StoreCalls storeCalls;
    private final Troubles troubles = new Troubles();
    private final Announcer announcer;
    private final Awaits awaits;
    private final PatientReads reads;
    private final Repeating repeating;
    private final @Nullable Workshop workshop;
    private final OpenPreviews previews = new OpenPreviews();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Starts an engine; its runner is registered when this returns. */
    public Engine(
            TaskStore store,
            Registry registry,
            EngineSettings settings,
            List<GenerationListener> listeners,
            Surroundings surroundings) {
        this.store = store;
        this.registry = registry;
        this.settings = settings;
        time = surroundings.time();
        threads = new WorkThreads(settings.workers(), time);
        storeCalls = new StoreCalls(threads.store());
        announcer = new Announcer(listeners, threads.events());
        awaits = new Awaits(store, threads.store(), troubles);
        reads = new PatientReads(troubles);
        repeating = new Repeating(time, surroundings.random());
        workshop = settings.runsTasks()
                ? storeCalls.call(() -> new Workshop(
                        store,
                        registry,
                        settings,
                        surroundings,
                        new Workshop.Shared(threads, troubles, announcer, awaits, repeating)))
                : null;
        repeating.every(settings.pace()::poll, threads.store(), this::recheck);
        if (workshop != null) {
            storeCalls.run(workshop::open);
        }
    }

    /**
     * What an engine takes from outside, so that tests can replace it.
     *
     * @param time clocks and timers
     * @param random where jitter comes from
     * @param ids where ids come from
     */
    public record Surroundings(TimeSource time, RandomGenerator random, IdSource ids) {}

    /** The names this engine knows. */
    public Registry registry() {
        return registry;
    }

    /** How this engine works. */
    public EngineSettings settings() {
        return settings;
    }

    /** The clocks and timers this engine goes by. */
    TimeSource time() {
        return time;
    }

    /** Stores a submission; claims what it may at once. */
    public Submitted submit(Submission submission) {
        checkOpen("submit");
        var shop = workshop;
        expect(submission);
        try {
            return storeCalls.call(() -> shop == null
                    ? announced(submission, store.submit(submission))
                    : shop.submit(submission, submitted -> announced(submission, submitted)));
        } finally {
            submission.tasks().forEach(task -> announcer.forget(task.id()));
        }
    }

    private void expect(Submission submission) {
        for (NewTask task : submission.tasks()) {
            var placement = task.placement();
            announcer.expect(new GenerationEvent.Slot(task.id(), placement.batch(), placement.position()));
        }
    }

    private Submitted announced(Submission submission, Submitted submitted) {
        if (submitted instanceof Submitted.Stored stored && announcer.heard()) {
            boolean batchStoodBefore =
                    submission.batch() != null && !stored.existing().isEmpty();
            for (NewTask task : submission.tasks()) {
                if (!batchStoodBefore && !stored.existing().containsKey(task.id())) {
                    announcer.created(task.id());
                }
            }
        }
        return submitted;
    }

    /** Whether this is the store that the engine works on. */
    public boolean isOver(TaskStore other) {
        return store == other;
    }

    /** Reads from the store, or writes what needs no engine. */
    public <T> T withStore(Function<TaskStore, T> operation) {
        return storeCalls.call(() -> operation.apply(store));
    }

    /** A future of the state in which a task ends. It is completed on a thread of the library that must not be held. */
    public CompletableFuture<TaskState> ended(GenerationId id) {
        checkOpen("await");
        return awaits.ended(id);
    }

    /** Reads something for a caller who waits, on its own thread; while the store is away again at each poll. */
    public <T> T patiently(Supplier<T> read, Patience patience) {
        checkOpen("await");
        return reads.read(read, patience);
    }

    /**
     * Reads something for whoever waits for a future, on this thread; while the store is away again at each poll, where the
     * app's code runs.
     *
     * @param abandoned whether nobody waits any more
     */
    public <T> CompletableFuture<T> patiently(Supplier<T> read, BooleanSupplier abandoned) {
        checkOpen("await");
        return reads.future(read, callbackThreads(), abandoned);
    }

    /** Tells this process at once that tasks have been cancelled in the store. */
    public void cancelled(Collection<TaskRef> refs) {
        var shop = workshop;
        if (shop != null) {
            shop.cancelled(refs);
        }
        awaits.recheck(refs.stream().map(TaskRef::id).toList());
    }

    /** Where the app's code that goes on with a future runs, and may block. */
    public Executor callbackThreads() {
        return action -> {
            try {
                threads.callbacks().execute(action);
            } catch (RejectedExecutionException e) {
                throw new ClientClosedException("await");
            }
        };
    }

    /** The previews under way. */
    OpenPreviews previews() {
        return previews;
    }

    /** Where previews run. */
    Executor previewThreads() {
        return threads.previews();
    }

    /** Looks for work and for ended work now. */
    public void wake() {
        recheck();
        if (workshop != null) {
            workshop.wake();
        }
    }

    private void recheck() {
        awaits.recheckAll();
        reads.poll();
    }

    /** How it stands. */
    public Health health() {
        var shop = workshop;
        if (shop != null) {
            return shop.health(closed.get());
        }
        var problems = troubles.list();
        var status = problems.isEmpty() ? Health.Status.UP : Health.Status.DEGRADED;
        return new Health(closed.get() ? Health.Status.CLOSED : status, 0, 0, 0, null, problems);
    }

    /**
     * Refuses what comes after closing.
     *
     * @throws ClientClosedException when it has been closed
     */
    public void checkOpen(String operation) {
        if (closed.get()) {
            throw new ClientClosedException(operation);
        }
    }

    /** Claims nothing more, waits for what is under way within the limit, hands back the rest. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        var drain = settings.limits().drain();
        previews.drain(drain, time);
        if (workshop != null) {
            workshop.drain();
        }
        previews.awaitEnd(drain);
        repeating.stop();
        if (workshop != null) {
            workshop.leave();
        }
        awaits.close();
        reads.close();
        threads.close();
    }
}
