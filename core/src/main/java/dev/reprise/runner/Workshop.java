package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.event.Health;
import dev.reprise.identity.GenerationId;
import dev.reprise.provider.AttemptId;
import dev.reprise.retry.RetryJudge;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Settlement;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The part of an engine that runs tasks; a client that only submits has none. */
final class Workshop {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);
    private static final int POLLS_PER_UNPARK = 5;

    private final EngineSettings settings;
    private final TimeSource time;
    private final Shared shared;
    private final InFlight inFlight;
    private final Membership membership;
    private final OutcomeQueue outcomes;
    private final AttemptRunner attempts;
    private final Pump pump;
    private final EndAnnouncements endings;
    private final Unparking unparking;
    private volatile boolean draining;
    private final CountDownLatch drained = new CountDownLatch(1);

    /** What a workshop shares with the rest of its engine. */
    record Shared(WorkThreads threads, Troubles troubles, Announcer announcer, Awaits awaits, Repeating repeating) {}

    Workshop(
            TaskStore store,
            Registry registry,
            EngineSettings settings,
            Engine.Surroundings surroundings,
            Shared shared) {
        this.settings = settings;
        this.shared = shared;
        time = surroundings.time();
        inFlight = new InFlight(settings.workers());
        endings = new EndAnnouncements(store, shared.awaits(), shared.announcer());
        membership = new Membership(store, settings, inFlight, shared.troubles(), time, this::wake, endings::announce);
        outcomes = new OutcomeQueue(shared.threads().store(), time, shared.troubles(), this::settled);
        var judge = new RetryJudge(settings.schedule(), surroundings.random());
        var maker = new OutcomeMaker(registry, judge, time, surroundings.ids(), shared.announcer());
        attempts = new AttemptRunner(registry, settings, time, shared.announcer(), maker);
        var storeThreads = shared.threads().store();
        var expiry = new Expiry(membership, endings, shared.troubles(), storeThreads, this::wake);
        pump = new Pump(membership, inFlight, shared.troubles(), time, storeThreads, expiry, new Claims());
        unparking = new Unparking(membership, registry, shared.troubles(), pump::wake);
    }

    private final class Claims implements Pump.Claims {
        @Override
        public void start(RunnerSession session, List<ClaimedTask> tasks) {
            Workshop.this.start(session, tasks);
        }

        @Override
        public void over() {
            checkDrained();
        }
    }

    /** Begins to beat, to look after the dead and to claim. */
    void open() {
        unparking.run();
        // What a killed process left behind is to go on when its successor starts, not an interval later.
        membership.reap();
        var pace = settings.pace();
        var threads = shared.threads();
        shared.repeating().every(pace::beat, threads.signs(), membership::beat);
        shared.repeating().every(membership::reapInterval, threads.signs(), membership::reap);
        shared.repeating().every(pace::poll, threads.store(), pump::wake);
        // Soon enough for a fleet whose processes know different names: any of them may park what another can run.
        shared.repeating().every(() -> pace.poll().multipliedBy(POLLS_PER_UNPARK), threads.store(), unparking);
        pump.wake();
    }

    /** Stores a submission, announces it, and starts what it may at once. */
    Submitted submit(Submission submission, Consumer<Submitted> announcement) {
        int slots = pump.takeAtOnce(submission.tasks().size());
        int claimed = 0;
        try {
            var session = membership.session();
            var submitted = session.submit(submission, slots);
            if (submitted instanceof Submitted.Stored stored) {
                claimed = stored.claimed().size();
                announcement.accept(submitted);
                start(session, stored.claimed());
                if (claimed < submission.tasks().size()) {
                    pump.wake();
                }
            }
            return submitted;
        } finally {
            pump.giveBack(slots - claimed);
        }
    }

    void wake() {
        pump.wake();
    }

    void cancelled(Collection<TaskRef> refs) {
        inFlight.cut(refs, ActiveCall.Cut.APP);
        pump.wake(); // a batch may have admitted others
    }

    Health health(boolean closed) {
        return membership.health(outcomes.unsaved(), closed);
    }

    /** Begins no claim any more, waits within the limit, cuts off the rest and stores what came of it; beats go on. */
    void drain() {
        pump.stop();
        draining = true;
        var limit = settings.limits().drain();
        var alarm = time.schedule(limit, () -> {
            inFlight.cutAll(ActiveCall.Cut.CLOSING);
            time.schedule(EngineSettings.LAST_WORDS, drained::countDown);
        });
        if (limit.isZero()) {
            inFlight.cutAll(ActiveCall.Cut.CLOSING);
        }
        checkDrained();
        try {
            // The alarms decide; this bound only guards against a clock that never moves.
            if (!drained.await(
                    limit.plus(EngineSettings.LAST_WORDS)
                            .plus(EngineSettings.LAST_WORDS)
                            .toMillis(),
                    TimeUnit.MILLISECONDS)) {
                inFlight.cutAll(ActiveCall.Cut.CLOSING);
            }
        } catch (InterruptedException e) {
            inFlight.cutAll(ActiveCall.Cut.CLOSING);
            Thread.currentThread().interrupt();
        }
        alarm.cancel();
    }

    /** Ends this process's membership: what it still has is anybody's. Beats must have stopped. */
    void leave() {
        if (!inFlight.isEmpty()) {
            LOG.warn("closing with {} generations under way; others will take them over", inFlight.running());
        }
        membership.leave();
    }

    private void start(RunnerSession session, List<ClaimedTask> tasks) {
        if (tasks.size() > 1) {
            outcomes.holdWhile(() -> startAll(session, tasks));
        } else {
            startAll(session, tasks);
        }
    }

    private void startAll(RunnerSession session, List<ClaimedTask> tasks) {
        for (ClaimedTask task : tasks) {
            var slot = new GenerationEvent.Slot(
                    task.row().id(),
                    task.row().placement().batch(),
                    task.row().placement().position());
            int attempt = task.row().counters().attempts();
            var call = new ActiveCall(
                    new AttemptId(task.row().id(), attempt, task.ref().epoch()),
                    delta -> shared.announcer().announce(new GenerationEvent.TextDelta(slot, attempt, delta)));
            var claim = new Claim(task, session, call, time.nanoTime());
            shared.announcer().created(task.row().id());
            if (inFlight.add(claim)) {
                begin(claim);
            } else {
                inFlight.giveBack(1);
            }
        }
    }

    private void begin(Claim claim) {
        try {
            shared.threads().calls().execute(() -> run(claim));
        } catch (RejectedExecutionException e) {
            handBack(claim); // closing did not wait any longer for the claim's answer
        }
    }

    private void run(Claim claim) {
        if (draining || !membership.mayCall()) {
            // Others take over, or may soon take this process for dead: no call begins that they may make as well.
            try {
                shared.threads().store().execute(() -> handBack(claim));
            } catch (RejectedExecutionException e) {
                LOG.info(
                        "task {} is left to others: the client has been closed",
                        claim.ref().id());
            }
            return;
        }
        var batch = claim.task().row().placement().batch();
        MDC.put("task", claim.ref().id().value());
        MDC.put("batch", batch == null ? "" : batch.value());
        try {
            outcomes.add(attempts.run(claim));
        } catch (RejectedExecutionException e) {
            LOG.info(
                    "task {} ended after the client was closed; others take it over",
                    claim.ref().id());
        } finally {
            MDC.remove("task");
            MDC.remove("batch");
        }
    }

    private void handBack(Claim claim) {
        try {
            claim.session().handBack(List.of(claim.ref()));
        } catch (RuntimeException e) {
            LOG.warn(
                    "task {} could not be handed back; its lease will run out",
                    claim.ref().id(),
                    e);
        } finally {
            inFlight.remove(claim);
            checkDrained();
        }
    }

    private void settled(List<OutcomeQueue.Settled> group) {
        var ended = new HashMap<GenerationId, Claim>();
        inFlight.removeAll(
                group.stream().map(settled -> settled.entry().claim()).toList());
        for (var settled : group) {
            var claim = settled.entry().claim();
            if (settled.settlement() == Settlement.FENCED) {
                LOG.info(
                        "task {} has moved on; epoch {} came too late",
                        claim.ref().id(),
                        claim.ref().epoch());
            }
            settled.entry().announcement().accept(settled.settlement());
            var next = settled.entry().outcome().next();
            if (next instanceof Next.Retry retry) {
                pump.dueIn(retry.delay());
            } else if (next instanceof Next.Finish) {
                ended.put(claim.ref().id(), claim);
            }
        }
        pump.slotsFreed();
        endings.announce(ended);
        checkDrained();
    }

    private void checkDrained() {
        if (draining && inFlight.isIdle()) {
            drained.countDown();
        }
    }
}
