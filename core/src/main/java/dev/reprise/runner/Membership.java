package dev.reprise.runner;

import dev.reprise.event.Health;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's standing among the runners of a store: its incarnation, its beat, and its look after the dead. When it
 * finds itself declared dead it cuts off its calls, takes a new incarnation and goes on.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final String BEAT = "beat";
    private static final String REAP = "reaping";

    private final TaskStore store;
    private final EngineSettings settings;
    private final InFlight inFlight;
    private final Troubles troubles;
    private final TimeSource time;
    private final Runnable wake;
    private final Consumer<List<GenerationId>> failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RunnerSession> former = new ArrayList<>();
    private boolean left;
    private volatile RunnerSession session;
    private volatile long lastBeatNanos;
    private volatile @Nullable Instant lastBeat;

    Membership(
            TaskStore store,
            EngineSettings settings,
            InFlight inFlight,
            Troubles troubles,
            TimeSource time,
            Runnable wake,
            Consumer<List<GenerationId>> failed) {
        this.store = store;
        this.settings = settings;
        this.inFlight = inFlight;
        this.troubles = troubles;
        this.time = time;
        this.wake = wake;
        this.failed = failed;
        this.session = open();
        beaten();
    }

    /** The present incarnation. */
    RunnerSession session() {
        return session;
    }

    /** When the store last heard from this process. */
    @Nullable
    Instant lastBeat() {
        return lastBeat;
    }

    /** How often to look after the dead. */
    Duration reapInterval() {
        return session.reapInterval();
    }

    /**
     * Whether a provider call may begin: not once half a lease has passed without a beat, since others may soon take
     * this process for dead.
     */
    boolean mayCall() {
        long silence = time.nanoTime() - lastBeatNanos;
        return silence < settings.pace().lease().toNanos() / 2;
    }

    /** Beats once, and compares what the store says this process has with what it knows. */
    void beat() {
        lock.lock();
        try {
            if (left) {
                return;
            }
            var current = session;
            var before = inFlight.of(current.id());
            var beat = current.beat();
            if (beat.alive()) {
                beaten();
                inFlight.reconcile(current, before, beat.held());
            } else {
                startOver(current);
            }
            troubles.well(BEAT);
        } catch (RuntimeException e) {
            troubles.failed(BEAT, e);
        } finally {
            lock.unlock();
        }
    }

    /** Looks once after dead runners; their tasks are ready for anybody then. */
    void reap() {
        try {
            var report = session.reap();
            troubles.well(REAP);
            if (!report.dead().isEmpty()) {
                LOG.info(
                        "runners found dead: {}; tasks ready again: {}, failed: {}",
                        report.dead(),
                        report.resumed().size(),
                        report.failed().size());
            }
            if (!report.resumed().isEmpty()) {
                wake.run();
            }
            failed.accept(report.failed());
        } catch (RuntimeException e) {
            troubles.failed(REAP, e);
        }
    }

    /** Ends all incarnations: what they still have is anybody's. */
    void leave() {
        lock.lock();
        try {
            left = true;
            former.add(session);
            former.forEach(this::closeQuietly);
        } finally {
            lock.unlock();
        }
    }

    private void startOver(RunnerSession dead) {
        inFlight.cutAllOf(dead.id(), ActiveCall.Cut.LOST);
        session = open();
        LOG.warn(
                "runner {} was declared dead; its calls were cut off and it starts over as {}",
                dead.id(),
                session.id());
        beaten();
        // The old incarnation may still have to store outcomes; those that nobody needs any more are closed now.
        former.removeIf(old -> inFlight.of(old.id()).isEmpty() && closeQuietly(old));
        former.add(dead);
        wake.run();
    }

    private RunnerSession open() {
        var spec = new RunnerSpec(settings.name(), settings.pace().lease(), EngineSettings.CRASH_CAP);
        return store.open(spec, wake);
    }

    private boolean closeQuietly(RunnerSession old) {
        try {
            old.close();
        } catch (RuntimeException e) {
            LOG.warn("runner {} could not say goodbye; its lease will run out", old.id(), e);
        }
        return true;
    }

    private void beaten() {
        lastBeatNanos = time.nanoTime();
        lastBeat = time.instant();
    }

    /** The client's health, seen from here. */
    Health health(int unsaved, boolean closed) {
        var problems = troubles.list();
        var status = closed
                ? Health.Status.CLOSED
                : problems.isEmpty() && mayCall() ? Health.Status.UP : Health.Status.DEGRADED;
        return new Health(status, inFlight.running(), inFlight.slots(), unsaved, lastBeat, problems);
    }
}
