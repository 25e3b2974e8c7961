package dev.reprise.runner;

import dev.reprise.background.Problems;
import dev.reprise.background.SingleFlight;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.RunnerSession;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Brings work in: promotes what is due and claims what is ready, as much as there are free slots. Runs when something
 * wakes it (a free slot, a due time, another process, a poll), never twice at once.
 */
final class Poller {

    private static final String CLAIM = "claiming";
    private static final String PROMOTION = "promoting";
    private static final Duration SOON = Duration.ofMillis(1);

    private final Heartbeat heartbeat;
    private final InFlight inFlight;
    private final Problems problems;
    private final TimeSource time;
    private final DeadlineEnforcer deadlines;
    private final ClaimHandler claims;
    private final SingleFlight polling;
    private volatile boolean open = true;
    private volatile boolean promotionDue = true;
    private volatile boolean backlog = true;
    private volatile @Nullable Alarm alarm;

    Poller(
            Heartbeat heartbeat,
            InFlight inFlight,
            Problems problems,
            TimeSource time,
            Executor threads,
            DeadlineEnforcer deadlines,
            ClaimHandler claims) {
        this.heartbeat = heartbeat;
        this.inFlight = inFlight;
        this.problems = problems;
        this.time = time;
        this.deadlines = deadlines;
        this.claims = claims;
        this.polling = new SingleFlight(threads, this::poller);
    }

    /** What becomes of claims. */
    interface ClaimHandler {

        /** Starts what has been claimed. */
        void start(RunnerSession session, List<ClaimedTask> tasks);

        /** A claim is over, and the slots it did not use are free again. */
        void over();
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
        polling.request();
    }

    /** Goes on after slots became free; looks only when there was more than could be claimed. */
    void slotsFreed() {
        if (open && backlog) {
            polling.request();
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
     * Takes slots for submitted tasks that may be claimed in their own insert: none when older work waits, which they
     * would overtake. To be given back with {@link #giveBack}.
     */
    int takeAtOnce(int wanted) {
        return backlog || !mayClaim() ? 0 : take(wanted);
    }

    /** Gives back what a claim did not use. */
    void giveBack(int slots) {
        inFlight.giveBack(slots);
        claims.over();
    }

    // Looks after the slots are taken: whoever closes has either been seen here, or sees that a claim is under way.
    private int take(int wanted) {
        int slots = inFlight.take(wanted);
        if (open) {
            return slots;
        }
        giveBack(slots);
        return 0;
    }

    /** Begins no claim any more; one that has begun holds its slots until it is over. */
    void stop() {
        open = false;
        deadlines.stop();
    }

    private boolean mayClaim() {
        return open && heartbeat.mayCall();
    }

    private void poller() {
        if (!mayClaim()) {
            return;
        }
        if (promotionDue) {
            promote();
        }
        try {
            // Asked each time: a claim may have been answered so late that no call may begin any more.
            while (mayClaim() && backlog && inFlight.hasFree()) {
                claim();
            }
            problems.succeeded(CLAIM);
        } catch (Throwable e) {
            problems.failed(CLAIM, e); // the next poll tries again
        }
    }

    /** What goes wrong with it keeps nothing from being claimed that is ready. */
    private void promote() {
        promotionDue = false;
        try {
            var promotion = heartbeat.session().promote();
            if (promotion.promoted() > 0) {
                backlog = true; // a claim that ended just now may have lowered it
            }
            alarm(promotion.untilDue());
            alarm(promotion.untilDeadline());
            deadlines.look(promotion.untilDeadline());
            problems.succeeded(PROMOTION);
        } catch (Throwable e) {
            promotionDue = true;
            problems.failed(PROMOTION, e); // the next poll tries again
        }
    }

    /** What is due and has not been moved is locked by somebody, or has to end first: the next poll asks again. */
    private void alarm(@Nullable Duration until) {
        if (until != null && !until.isZero()) {
            dueIn(until);
        }
    }

    private void claim() {
        int slots = take(Integer.MAX_VALUE);
        if (slots == 0) {
            return;
        }
        var session = heartbeat.session();
        int claimed = 0;
        // Lowered before the claim: work that comes in meanwhile raises it again, and is not overlooked.
        backlog = false;
        try {
            var tasks = session.claim(slots);
            claimed = tasks.size();
            if (claimed == slots) {
                backlog = true;
            }
            claims.start(session, tasks);
        } catch (Throwable e) {
            backlog = true;
            throw e;
        } finally {
            giveBack(slots - claimed);
        }
    }
}
