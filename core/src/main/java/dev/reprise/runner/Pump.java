package dev.reprise.runner;

import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings work in: promotes what is due and claims what is ready, as much as there are free slots. Runs when something
 * wakes it (a free slot, a due time, another process, a poll), never twice at once.
 */
final class Pump {

    private static final String CLAIM = "claiming";
    private static final Duration SOON = Duration.ofMillis(1);

    private final Membership membership;
    private final InFlight inFlight;
    private final Troubles troubles;
    private final TimeSource time;
    private final BiConsumer<RunnerSession, List<ClaimedTask>> start;
    private final SingleFlight pumping;
    private volatile boolean open = true;
    private volatile boolean promotionDue = true;
    private volatile boolean backlog = true;
    private volatile @Nullable Alarm alarm;

    Pump(
            Membership membership,
            InFlight inFlight,
            Troubles troubles,
            TimeSource time,
            Executor threads,
            BiConsumer<RunnerSession, List<ClaimedTask>> start) {
        this.membership = membership;
        this.inFlight = inFlight;
        this.troubles = troubles;
        this.time = time;
        this.start = start;
        this.pumping = new SingleFlight(threads, this::pump);
    }

    /** A timer for the next due task. */
    private record Alarm(long atNanos, TimeSource.Timer timer) {}

    /** Looks for everything: due tasks and ready ones. */
    void wake() {
        if (!open) {
            return;
        }
        promotionDue = true;
        backlog = true;
        pumping.request();
    }

    /** Goes on after slots became free; looks only when there was more than could be claimed. */
    void slotsFreed() {
        if (open && backlog) {
            pumping.request();
        }
    }

    /** Something will be due after a delay. */
    void dueIn(Duration delay) {
        var wanted = delay.compareTo(SOON) < 0 ? SOON : delay;
        long at = time.nanoTime() + wanted.toNanos();
        var set = alarm;
        if (set != null && set.atNanos - at <= 0 && set.atNanos - time.nanoTime() > 0) {
            return;
        }
        if (set != null) {
            set.timer.cancel();
        }
        alarm = new Alarm(at, time.schedule(wanted, this::wake));
    }

    /**
     * Whether a submitted task may be claimed in its own insert: only when no older work waits, which it would overtake.
     */
    boolean mayStartAtOnce() {
        return !backlog && mayClaim();
    }

    /** Claims nothing any more. */
    void stop() {
        open = false;
    }

    private boolean mayClaim() {
        return open && membership.mayCall();
    }

    private void pump() {
        if (!mayClaim()) {
            return;
        }
        try {
            if (promotionDue) {
                promotionDue = false;
                var untilNext = membership.session().promote().untilNext();
                if (untilNext != null) {
                    dueIn(untilNext);
                }
            }
            // Asked each time: a claim may have been answered so late that no call may begin any more.
            while (mayClaim() && backlog && inFlight.hasFree()) {
                claim();
            }
            troubles.well(CLAIM);
        } catch (RuntimeException e) {
            promotionDue = true;
            troubles.failed(CLAIM, e); // the next poll tries again
        }
    }

    private void claim() {
        int slots = inFlight.take(Integer.MAX_VALUE);
        if (slots == 0) {
            return;
        }
        var session = membership.session();
        int claimed = 0;
        // Lowered before the claim: work that comes in meanwhile raises it again, and is not overlooked.
        backlog = false;
        try {
            var tasks = session.claim(slots);
            claimed = tasks.size();
            if (claimed == slots) {
                backlog = true;
            }
            start.accept(session, tasks);
        } catch (RuntimeException e) {
            backlog = true;
            throw e;
        } finally {
            inFlight.giveBack(slots - claimed);
        }
    }
}
