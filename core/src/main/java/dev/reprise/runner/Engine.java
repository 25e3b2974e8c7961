package dev.reprise.runner;

import dev.reprise.background.Abandonable;
import dev.reprise.background.PeriodicActions;
import dev.reprise.background.Problems;
import dev.reprise.background.UninterruptibleCalls;
import dev.reprise.background.WorkThreads;
import dev.reprise.event.GenerationEvent;
import dev.reprise.event.GenerationListener;
import dev.reprise.event.Health;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Preview;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.IdSource;
import dev.reprise.listening.EventDispatcher;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import dev.reprise.text.Previews;
import dev.reprise.text.Registry;
import dev.reprise.text.TextAttempts;
import dev.reprise.time.TimeSource;
import dev.reprise.waiting.AwaitLimit;
import dev.reprise.waiting.CompletionWatcher;
import dev.reprise.waiting.RetryingReads;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one client in one process. Puts the parts together: the heartbeat keeps it alive, the poller claims, attempts run,
 * the outcome queue stores, and whoever waits or listens is told.
 */
public final class Engine implements AutoCloseable {

    private final TaskStore store;
    private final EngineSettings settings;
    private final TimeSource time;
    private final WorkThreads threads;
    private final UninterruptibleCalls uninterruptible;
    private final Problems problems = new Problems();
    private final EventDispatcher events;
    private final CompletionWatcher completions;
    private final RetryingReads reads;
    private final PeriodicActions periodic;
    private final Abandonable abandonable;
    private final @Nullable Worker worker;
    private final Previews previews;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Starts an engine; its runner is registered when this returns. */
    public Engine(
            TaskStore store,
            Registry registry,
            EngineSettings settings,
            List<GenerationListener> listeners,
            Surroundings surroundings) {
        this.store = store;
        this.settings = settings;
        time = surroundings.time();
        threads = new WorkThreads(settings.workers(), time);
        uninterruptible = new UninterruptibleCalls(threads.store());
        events = new EventDispatcher(listeners, threads.events());
        completions = new CompletionWatcher(store, threads.store(), problems);
        reads = new RetryingReads(problems);
        periodic = new PeriodicActions(time, surroundings.random());
        abandonable = new Abandonable(threads.abandonable(), time, problems);
        var texts = new TextAttempts(registry, settings.calls().diversity(), abandonable);
        previews = new Previews(texts, settings.calls(), time, threads.previews());
        worker = settings.runsTasks()
                ? uninterruptible.call(() -> new Worker(
                        store,
                        texts,
                        settings,
                        surroundings,
                        new Worker.Shared(threads, problems, events, completions, periodic)))
                : null;
        periodic.every(settings.pace()::poll, threads.store(), this::recheck);
        if (worker != null) {
            uninterruptible.run(worker::open);
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

    /** Stores a submission; claims what it may at once. */
    public Submitted submit(Submission submission) {
        checkOpen("submit");
        expect(submission);
        try {
            return uninterruptible.call(() -> worker == null
                    ? announced(submission, store.submit(submission))
                    : worker.submit(submission, submitted -> announced(submission, submitted)));
        } finally {
            submission.tasks().forEach(task -> events.forget(task.id()));
        }
    }

    private void expect(Submission submission) {
        for (NewTask task : submission.tasks()) {
            var placement = task.placement();
            events.expect(new GenerationEvent.Slot(task.id(), placement.batch(), placement.position()));
        }
    }

    private Submitted announced(Submission submission, Submitted submitted) {
        if (submitted instanceof Submitted.Stored stored && events.heard()) {
            boolean batchStoodBefore =
                    submission.batch() != null && !stored.existing().isEmpty();
            for (NewTask task : submission.tasks()) {
                if (!batchStoodBefore && !stored.existing().containsKey(task.id())) {
                    events.created(task.id());
                }
            }
        }
        return submitted;
    }

    /** Makes a call that is never stored; its text is shown as it arrives, where the provider streams. */
    public CompletableFuture<Preview> preview(GenerationRequest request, Consumer<String> deltas) {
        checkOpen("preview");
        return previews.start(request, deltas);
    }

    /** Whether this is the store that the engine works on. */
    public boolean isOver(TaskStore other) {
        return store.undecorated() == other.undecorated();
    }

    /** Reads from the store, or writes what needs no engine. */
    public <T> T withStore(Function<TaskStore, T> operation) {
        return uninterruptible.call(() -> operation.apply(store));
    }

    /** A future of the state in which a task ends. It is completed on a thread of the library that must not be held. */
    public CompletableFuture<TaskState> ended(GenerationId id) {
        checkOpen("await");
        return completions.ended(id);
    }

    /** Reads something for a caller who waits, on its own thread; while the store is away again at each poll. */
    public <T> T readThroughOutages(Supplier<T> read, AwaitLimit limit) {
        checkOpen("await");
        return reads.read(read, limit);
    }

    /**
     * Reads something for whoever waits for a future, on this thread; while the store is away again at each poll, where the
     * app's code runs.
     *
     * @param abandoned whether nobody waits any more
     */
    public <T> CompletableFuture<T> readThroughOutages(Supplier<T> read, BooleanSupplier abandoned) {
        checkOpen("await");
        return reads.future(read, callbackThreads(), abandoned);
    }

    /** Tells this process at once that tasks have been cancelled in the store. */
    public void cancelled(Collection<TaskRef> refs) {
        if (worker != null) {
            worker.cancelled(refs);
        }
        completions.recheck(refs.stream().map(TaskRef::id).toList());
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

    /** Looks for work and for ended work now. */
    public void wake() {
        recheck();
        if (worker != null) {
            worker.wake();
        }
    }

    private void recheck() {
        completions.recheckAll();
        reads.poll();
    }

    /** How it stands. */
    public Health health() {
        var health = standing();
        return health.status() != Health.Status.CLOSED && periodic.standStill()
                ? new Health(
                        Health.Status.DOWN,
                        health.running(),
                        health.slots(),
                        health.unsaved(),
                        health.lastBeat(),
                        health.leftBehind(),
                        health.problems())
                : health;
    }

    private Health standing() {
        if (worker != null) {
            return worker.health(closed.get(), abandonable.abandoned());
        }
        var current = problems.list();
        var status = current.isEmpty() ? Health.Status.UP : Health.Status.DEGRADED;
        return new Health(
                closed.get() ? Health.Status.CLOSED : status, 0, 0, 0, null, abandonable.abandoned(), current);
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
        var drain = settings.drain();
        previews.drain(drain);
        if (worker != null) {
            worker.drain();
        }
        previews.awaitEnd(drain);
        periodic.stop();
        if (worker != null) {
            worker.leave();
        }
        completions.close();
        reads.close();
        threads.close();
    }
}
