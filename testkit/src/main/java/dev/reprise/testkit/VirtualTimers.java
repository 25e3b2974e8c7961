package dev.reprise.testkit;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The timers that have been set and have not fired, by due time and then by the order of setting. Thread-safe. */
final class VirtualTimers {

    private final ReentrantLock lock;
    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private long set;

    VirtualTimers(ReentrantLock lock) {
        this.lock = lock;
    }

    /** A duration in nanoseconds, not below zero, cut to what a long can hold. */
    static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The reading that comes a duration after another; the end of time when that would be beyond it. */
    static long later(long now, Duration delay) {
        long nanos = nanos(delay);
        return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    }

    TimeSource.Timer set(long due, Runnable action) {
        lock.lock();
        try {
            var entry = new Entry(due, set++, action);
            entries.add(entry);
            return () -> cancel(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the first timer that is due by a reading, or returns null. */
    @Nullable
    Entry pollDue(long by) {
        lock.lock();
        try {
            return entries.isEmpty() || entries.first().due() > by ? null : entries.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    record Entry(long due, long number, Runnable action) {}
}
