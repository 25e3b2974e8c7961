package dev.reprise.testkit.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How many tasks several threads still have to bring to their end; stops all of them when one fails or none gets on. */
final class OpenWork {

    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final AtomicInteger open;
    private final AtomicLong lastProgress = new AtomicLong(System.nanoTime());

    OpenWork(int tasks) {
        open = new AtomicInteger(tasks);
    }

    /** A thread's work: repeats a step until nothing is open. */
    Callable<Integer> repeating(Step step) {
        return () -> {
            int all = 0;
            boolean failed = true;
            try {
                while (open.get() > 0) {
                    int did = step.run();
                    all += did;
                    if (did > 0) {
                        lastProgress.set(System.nanoTime());
                    } else {
                        rest();
                    }
                }
                failed = false;
            } finally {
                if (failed) {
                    open.set(Integer.MIN_VALUE);
                }
            }
            return all;
        };
    }

    /** Says that a task has ended. */
    void ended() {
        open.decrementAndGet();
    }

    private void rest() {
        if (System.nanoTime() - lastProgress.get() > STALL.toNanos()) {
            throw new AssertionError("for " + STALL + " there was nothing to claim, but tasks are left: " + open);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** One round of a thread. */
    @FunctionalInterface
    interface Step {

        /** Does something; how much. */
        int run();
    }
}
