package dev.reprise.runner;

import dev.reprise.attempt.Conclusion;
import dev.reprise.background.Problems;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes that wait to be stored. While one commit is under way further outcomes queue up, and the next commit takes
 * all that wait: alone, an outcome commits at once; under load hundreds share a transaction. An outcome leaves memory
 * only when the store has it; while the store is away they are kept and tried again, ever more slowly up to 5 s.
 */
final class OutcomeQueue {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeQueue.class);
    private static final String STORING = "storing outcomes";
    private static final int MAX_GROUP = 512;
    private static final long MAX_GROUP_BYTES = 8L << 20;
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Conclusion> waiting = new ArrayDeque<>();
    private final Executor threads;
    private final TimeSource time;
    private final Problems problems;
    private final Consumer<List<Stored>> told;
    private boolean committing;
    private int held;
    private int unsaved;
    private Duration wait = FIRST_WAIT;

    OutcomeQueue(Executor threads, TimeSource time, Problems problems, Consumer<List<Stored>> told) {
        this.threads = threads;
        this.time = time;
        this.problems = problems;
        this.told = told;
    }

    /** An outcome that the store has answered. */
    record Stored(Conclusion conclusion, OutcomeReceipt receipt) {}

    /** Queues an outcome. */
    void add(Conclusion conclusion) {
        lock.lock();
        try {
            waiting.addLast(conclusion);
            unsaved++;
        } finally {
            lock.unlock();
        }
        commitWaiting();
    }

    /**
     * Does something that starts calls, one after the other, and begins no commit meanwhile. Otherwise the first call to
     * end would be stored alone, with all others behind its commit.
     */
    void holdWhile(Runnable starting) {
        hold(1);
        try {
            starting.run();
        } finally {
            hold(-1);
            commitWaiting();
        }
    }

    private void hold(int change) {
        lock.lock();
        try {
            held += change;
        } finally {
            lock.unlock();
        }
    }

    private void commitWaiting() {
        lock.lock();
        try {
            if (committing || held > 0 || waiting.isEmpty()) {
                return;
            }
            committing = true;
        } finally {
            lock.unlock();
        }
        beginCommit();
    }

    /** Begins what could not be begun before: there was no thread, or no timer. */
    void resume() {
        commitWaiting();
    }

    private void beginCommit() {
        try {
            threads.execute(this::commit);
        } catch (RejectedExecutionException e) {
            idle();
            throw e; // the client has been closed
        } catch (Throwable e) {
            idle();
            problems.failed(STORING, e); // the next poll tries again
        }
    }

    private void idle() {
        lock.lock();
        try {
            committing = false;
        } finally {
            lock.unlock();
        }
    }

    /** How many outcomes are not stored yet. */
    int unsaved() {
        lock.lock();
        try {
            return unsaved;
        } finally {
            lock.unlock();
        }
    }

    private void commit() {
        List<Conclusion> group = List.of();
        try {
            for (group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
                var session = group.get(0).claim().session();
                var stored = session.storeOutcomes(
                        group.stream().map(Conclusion::outcome).toList());
                problems.succeeded(STORING);
                wait = FIRST_WAIT;
                done(group, stored.receipts());
                group = List.of();
            }
        } catch (Throwable e) {
            problems.failed(STORING, e);
            retryLater(group);
        }
    }

    private void done(List<Conclusion> group, List<OutcomeReceipt> receipts) {
        var answered = new ArrayList<Stored>(group.size());
        for (int i = 0; i < group.size(); i++) {
            answered.add(new Stored(group.get(i), receipts.get(i)));
        }
        lock.lock();
        try {
            unsaved -= group.size();
        } finally {
            lock.unlock();
        }
        try {
            told.accept(answered);
        } catch (Throwable e) {
            LOG.warn("telling about {} stored outcomes failed", answered.size(), e);
        }
    }

    /** Takes what waits, of one incarnation; marks the queue idle when nothing does or commits are held. */
    private List<Conclusion> nextGroup() {
        lock.lock();
        try {
            // Large enough from the start: nothing may be lost on its way from one to the other.
            var group = new ArrayList<Conclusion>(Math.min(waiting.size(), MAX_GROUP));
            long bytes = 0;
            RunnerId runner = null;
            while (held == 0 && !waiting.isEmpty() && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
                var next = waiting.getFirst();
                var nextRunner = next.claim().session().id();
                if (runner != null && !runner.equals(nextRunner)) {
                    break;
                }
                runner = nextRunner;
                bytes += next.size();
                group.add(waiting.removeFirst());
            }
            committing = !group.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void retryLater(List<Conclusion> group) {
        lock.lock();
        try {
            for (int i = group.size() - 1; i >= 0; i--) {
                waiting.addFirst(group.get(i));
            }
        } finally {
            lock.unlock();
        }
        try {
            time.schedule(wait, this::beginCommit);
        } catch (Throwable e) {
            idle(); // the next poll tries again
        }
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
}
