package dev.reprise.runner;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.AttemptRunner;
import dev.reprise.attempt.CancelReason;
import dev.reprise.attempt.Claim;
import dev.reprise.attempt.LongWaits;
import dev.reprise.attempt.OutcomeFactory;
import dev.reprise.background.Drain;
import dev.reprise.background.PeriodicActions;
import dev.reprise.background.Problems;
import dev.reprise.background.WorkThreads;
import dev.reprise.event.GenerationEvent;
import dev.reprise.event.Health;
import dev.reprise.listening.CompletionNotifier;
import dev.reprise.listening.EventDispatcher;
import dev.reprise.provider.AttemptId;
import dev.reprise.retry.RetryJudge;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import dev.reprise.text.Parking;
import dev.reprise.text.TextAttempts;
import dev.reprise.time.TimeSource;
import dev.reprise.waiting.CompletionWatcher;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The part of an engine that runs tasks; a client that only submits has none. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int POLLS_PER_UNPARK = 5;

    private final EngineSettings settings;
    private final TimeSource time;
    private final Shared shared;
    private final InFlight inFlight;
    private final Heartbeat heartbeat;
    private final Reaper reaper;
    private final OutcomeQueue outcomes;
    private final AttemptRunner attempts;
    private final Poller poller;
    private final CompletionNotifier notifier;
    private final Unparker unparker;
    private final Drain drain;
    private final StoredOutcomeHandler storedOutcomes;

    /** What a worker shares with the rest of its engine. */
    record Shared(
            WorkThreads threads,
            Problems problems,
            EventDispatcher events,
            CompletionWatcher completions,
            PeriodicActions periodic) {}

    Worker(
            TaskStore store,
            TextAttempts texts,
            EngineSettings settings,
            Engine.Surroundings surroundings,
            Shared shared) {
        this.settings = settings;
        this.shared = shared;
        time = surroundings.time();
        inFlight = new InFlight(settings.workers());
        drain = new Drain(inFlight::isIdle, () -> inFlight.cancelAll(CancelReason.CLOSING));
        notifier = new CompletionNotifier(store, shared.completions(), shared.events());
        heartbeat = new Heartbeat(store, settings, inFlight, shared.problems(), time, this::wake);
        reaper = new Reaper(heartbeat, shared.problems(), this::wake, notifier::announce);
        outcomes = new OutcomeQueue(shared.threads().store(), time, shared.problems(), this::stored);
        var judge = new RetryJudge(settings.schedule(), surroundings.random());
        var conclusions = new OutcomeFactory(
                judge, time, surroundings.ids(), shared.events(), new LongWaits(settings.maxRetryAfter(), time));
        attempts = new AttemptRunner(texts, settings.calls(), time, shared.events(), conclusions);
        var storeThreads = shared.threads().store();
        var deadlines = new DeadlineEnforcer(heartbeat, notifier, shared.problems(), storeThreads, this::wake);
        poller = new Poller(heartbeat, inFlight, shared.problems(), time, storeThreads, deadlines, new Starter());
        storedOutcomes = new StoredOutcomeHandler(inFlight, poller, notifier, drain);
        unparker = new Unparker(heartbeat, new Parking(texts.registry()), shared.problems(), poller::wake);
    }

    private final class Starter implements Poller.ClaimHandler {
        @Override
        public void start(RunnerSession session, List<ClaimedTask> tasks) {
            Worker.this.start(session, tasks);
        }

        @Override
        public void over() {
            drain.check();
        }
    }

    /** Begins to beat, to look after the dead and to claim. */
    void open() {
        unparker.run();
        // What a killed process left behind is to go on when its successor starts, not an interval later.
        reaper.run();
        var pace = settings.pace();
        var threads = shared.threads();
        shared.periodic().every(pace::beat, threads.signs(), heartbeat::beat);
        shared.periodic().every(reaper::interval, threads.signs(), reaper);
        shared.periodic().every(pace::poll, threads.store(), poller::wake);
        shared.periodic().every(pace::poll, threads.store(), outcomes::resume);
        // Soon enough for a fleet whose processes know different names: any of them may park what another can run.
        shared.periodic().every(() -> pace.poll().multipliedBy(POLLS_PER_UNPARK), threads.store(), unparker);
        poller.wake();
    }

    /** Stores a submission, announces it, and starts what it may at once. */
    Submitted submit(Submission submission, Consumer<Submitted> announcement) {
        int slots = poller.takeAtOnce(submission.tasks().size());
        int claimed = 0;
        try {
            var session = heartbeat.session();
            var submitted = session.submit(submission, slots);
            if (submitted instanceof Submitted.Stored stored) {
                claimed = stored.claimed().size();
                announce(announcement, submitted);
                start(session, stored.claimed());
                if (claimed < submission.tasks().size()) {
                    poller.wake();
                }
            }
            return submitted;
        } finally {
            poller.giveBack(slots - claimed);
        }
    }

    private static void announce(Consumer<Submitted> announcement, Submitted submitted) {
        try {
            announcement.accept(submitted);
        } catch (Throwable e) { // it is stored, and what was claimed with it has to begin
            LOG.warn("telling of what was stored failed", e);
        }
    }

    void wake() {
        poller.wake();
    }

    void cancelled(Collection<TaskRef> refs) {
        inFlight.cancel(refs, CancelReason.APP);
        poller.wake(); // a batch may have admitted others
    }

    Health health(boolean closed, int leftBehind) {
        return heartbeat.health(outcomes.unsaved(), closed, leftBehind);
    }

    /** Begins no claim any more, waits within the limit, cuts off the rest and stores what came of it; beats go on. */
    void drain() {
        poller.stop();
        var limit = settings.drain();
        drain.begin(limit, time);
        drain.awaitEnd(limit);
    }

    /** Ends this process's incarnations: what it still has is anybody's. Beats must have stopped. */
    void leave() {
        if (!inFlight.isEmpty()) {
            LOG.warn("closing with {} generations under way; others will take them over", inFlight.running());
        }
        heartbeat.leave();
    }

    private void start(RunnerSession session, List<ClaimedTask> tasks) {
        if (tasks.size() > 1) {
            outcomes.holdWhile(() -> startAll(session, tasks));
        } else {
            startAll(session, tasks);
        }
    }

    private void startAll(RunnerSession session, List<ClaimedTask> tasks) {
        tasks.forEach(task -> startOne(session, task));
    }

    private void startOne(RunnerSession session, ClaimedTask task) {
        try {
            var claim = claim(session, task);
            shared.events().created(task.row().id());
            if (inFlight.add(claim)) {
                begin(claim);
                return;
            }
        } catch (Throwable e) {
            LOG.error(
                    "generation {} could not be begun and is let go", task.ref().id(), e);
        }
        inFlight.giveBack(1); // the beats hand back what nobody here has
    }

    private Claim claim(RunnerSession session, ClaimedTask task) {
        var slot = EventDispatcher.slot(task.row());
        int attempt = task.row().counters().attempts();
        var call = new ActiveCall(
                new AttemptId(task.row().id(), attempt, task.ref().epoch()),
                delta -> shared.events().announce(new GenerationEvent.TextDelta(slot, attempt, delta)));
        return new Claim(task, session, call, time.nanoTime());
    }

    private void begin(Claim claim) {
        try {
            shared.threads().calls().execute(() -> run(claim));
        } catch (Throwable e) { // closing did not wait any longer for the claim's answer, or there is no thread
            handBack(claim);
        }
    }

    private void run(Claim claim) {
        try {
            if (drain.begun() || !heartbeat.mayCall()) {
                // Others take over, or may soon take this process for dead: no call begins that they may make as well.
                shared.threads().store().execute(() -> handBack(claim));
                return;
            }
            var batch = claim.task().row().placement().batch();
            MDC.put("generation", claim.ref().id().value());
            MDC.put("batch", batch == null ? "" : batch.value());
            outcomes.add(attempts.run(claim));
        } catch (RejectedExecutionException e) {
            LOG.info(
                    "generation {} is left to others: the client has been closed",
                    claim.ref().id());
        } catch (Throwable e) {
            inFlight.remove(claim); // the beats hand back what nobody here has
            LOG.error(
                    "generation {} broke what runs it and is let go",
                    claim.ref().id(),
                    e);
        } finally {
            MDC.remove("generation");
            MDC.remove("batch");
        }
    }

    private void handBack(Claim claim) {
        try {
            claim.session().handBack(List.of(claim.ref()));
        } catch (Throwable e) {
            LOG.warn(
                    "generation {} could not be handed back; its lease will run out",
                    claim.ref().id(),
                    e);
        } finally {
            inFlight.remove(claim);
            drain.check();
        }
    }

    private void stored(List<OutcomeQueue.Stored> group) {
        storedOutcomes.accept(group);
    }
}
