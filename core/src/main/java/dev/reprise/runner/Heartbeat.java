package dev.reprise.runner;

import dev.reprise.attempt.CancelReason;
import dev.reprise.background.Problems;
import dev.reprise.event.Health;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.TaskStore;
import dev.reprise.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's runner alive in a store, and tells whether it is. When it finds its runner declared dead it cuts
 * off that one's calls, opens a new incarnation and goes on.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final String BEAT = "beat";

    private final TaskStore store;
    private final EngineSettings settings;
    private final InFlight inFlight;
    private final Problems problems;
    private final TimeSource time;
    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<RunnerSession> former = new ArrayList<>();
    private boolean left;
    private volatile RunnerSession session;
    private volatile long lastBeatNanos;
    private volatile @Nullable Instant lastBeat;

    Heartbeat(
            TaskStore store,
            EngineSettings settings,
            InFlight inFlight,
            Problems problems,
            TimeSource time,
            Runnable wake) {
        this.store = store;
        this.settings = settings;
        this.inFlight = inFlight;
        this.problems = problems;
        this.time = time;
        this.wake = wake;
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
            problems.succeeded(BEAT);
        } catch (Throwable e) { // the next beat tries again
            problems.failed(BEAT, e);
        } finally {
            lock.unlock();
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
        inFlight.cancelAllOf(dead.id(), CancelReason.LOST);
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
        } catch (Throwable e) {
            LOG.warn("runner {} could not say goodbye; its lease will run out", old.id(), e);
        }
        return true;
    }

    private void beaten() {
        lastBeatNanos = time.nanoTime();
        lastBeat = time.instant();
    }

    /** The client's health, seen from here. */
    Health health(int unsaved, boolean closed, int leftBehind) {
        var current = problems.list();
        var status = closed
                ? Health.Status.CLOSED
                : current.isEmpty() && mayCall() ? Health.Status.UP : Health.Status.DEGRADED;
        return new Health(status, inFlight.running(), inFlight.slots(), unsaved, lastBeat, leftBehind, current);
    }
}
