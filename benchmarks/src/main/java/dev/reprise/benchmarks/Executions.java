package dev.reprise.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What every task calls and does nothing else: counts, and notes when an awaited task began. Thread-safe. */
final class Executions {

    private static final int PATIENCE_SECONDS = 300;

    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Goal goal;
    private volatile @Nullable Pickup pickup;

    /** A number of executions to wait for. */
    private record Goal(int count, CountDownLatch reached) {}

    /** A task to wait for. */
    static final class Pickup {
        private final String text;
        private final CountDownLatch ran = new CountDownLatch(1);
        private volatile long nanos;

        Pickup(String text) {
            this.text = text;
        }

        /** Waits until it has begun; {@link System#nanoTime} of that moment. */
        long await() {
            Executions.await(ran, "a single task was not picked up");
            return nanos;
        }
    }

    /** Called by each task. */
    void ran(String text) {
        var wanted = pickup;
        if (wanted != null && wanted.text.equals(text)) {
            wanted.nanos = System.nanoTime();
            wanted.ran.countDown();
        }
        int now = count.incrementAndGet();
        var end = goal;
        if (end != null && now >= end.count) {
            end.reached.countDown();
        }
    }

    /** How many there have been. */
    int count() {
        return count.get();
    }

    /** Waits until there have been so many. */
    void awaitCount(int wanted) {
        var end = new Goal(wanted, new CountDownLatch(1));
        goal = end;
        if (count.get() < wanted) {
            await(end.reached, "fewer than " + wanted + " tasks ran");
        }
        goal = null;
    }

    /** Notes when the task with this text begins. */
    Pickup expect(String text) {
        var wanted = new Pickup(text);
        pickup = wanted;
        return wanted;
    }

    private static void await(CountDownLatch latch, String complaint) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(complaint + " within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
