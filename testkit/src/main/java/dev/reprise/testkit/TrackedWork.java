package dev.reprise.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The work under way that keeps virtual time from moving on. Thread-safe. */
final class TrackedWork {

    private static final int SHOWN_WORKS = 10;
    private static final int SHOWN_FRAMES = 8;

    private final ReentrantLock lock;
    private final Condition calm;
    private final Map<Thread, Work> current = new ConcurrentHashMap<>();
    private final Set<Work> busy = new LinkedHashSet<>();

    TrackedWork(ReentrantLock lock) {
        this.lock = lock;
        this.calm = lock.newCondition();
    }

    Executor tracking(Executor executor) {
        return task -> {
            var work = new Work(task);
            begin(work);
            boolean handedOver = false;
            try {
                executor.execute(() -> run(work));
                handedOver = true;
            } finally {
                if (!handedOver) {
                    end(work);
                }
            }
        };
    }

    /** The work that the calling thread does, or null. */
    @Nullable
    Work current() {
        return current.get(Thread.currentThread());
    }

    /** Counts work as under way. */
    void begin(Work work) {
        lock.lock();
        try {
            busy.add(work);
        } finally {
            lock.unlock();
        }
    }

    /** Counts work as under way no more: it has ended, or sleeps. */
    void end(Work work) {
        lock.lock();
        try {
            if (busy.remove(work) && busy.isEmpty()) {
                calm.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no work is under way; with the lock held, at the end of which that is so. */
    void awaitCalm(Duration patience) {
        long left = VirtualTimers.nanos(patience);
        try {
            while (!busy.isEmpty()) {
                if (left <= 0) {
                    throw new AssertionError("tracked work does not come to rest within " + patience
                            + " of real time; under way: " + describe());
                }
                left = calm.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tracked work was under way: " + describe(), e);
        }
    }

    private void run(Work work) {
        if (current() != null) {
            // An executor that runs in the caller: the work around this one is counted already.
            end(work);
            work.task.run();
            return;
        }
        var thread = Thread.currentThread();
        current.put(thread, work);
        work.thread = thread;
        try {
            work.task.run();
        } finally {
            current.remove(thread);
            end(work);
        }
    }

    private String describe() {
        return busy.stream().limit(SHOWN_WORKS).map(Work::toString).collect(Collectors.joining())
                + (busy.size() > SHOWN_WORKS ? "\n  and " + (busy.size() - SHOWN_WORKS) + " more" : "");
    }

    /** One task given to a tracking executor. */
    static final class Work {
        private final Runnable task;
        private volatile @Nullable Thread thread;

        private Work(Runnable task) {
            this.task = task;
        }

        /** The thread and where it stands, or that there is none yet. */
        @Override
        public String toString() {
            var runner = thread;
            if (runner == null) {
                return "\n  no thread of the executor has taken it: " + task;
            }
            return "\n  " + runner.getName() + " " + runner.getState()
                    + Arrays.stream(runner.getStackTrace())
                            .limit(SHOWN_FRAMES)
                            .map(frame -> "\n    at " + frame)
                            .collect(Collectors.joining());
        }
    }
}
