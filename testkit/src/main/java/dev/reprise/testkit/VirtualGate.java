package dev.reprise.testkit;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A gate at which virtual time passes. Who waits here is not counted as under way; who lets them go counts them again
 * before they run, so that time cannot move on in between.
 */
final class VirtualGate implements Gate {

    private final ReentrantLock lock;
    private final Condition moved;
    private final TrackedWork tracked;
    private final BiFunction<Duration, Runnable, TimeSource.Timer> timers;
    private boolean open;
    private boolean asleep;
    private TrackedWork.@Nullable Work sleeper;

    VirtualGate(ReentrantLock lock, TrackedWork tracked, BiFunction<Duration, Runnable, TimeSource.Timer> timers) {
        this.lock = lock;
        this.moved = lock.newCondition();
        this.tracked = tracked;
        this.timers = timers;
    }

    @Override
    public void open() {
        lock.lock();
        try {
            open = true;
            wakeUp();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (open || limit.isZero() || limit.isNegative()) {
                return open;
            }
            var timer = timers.apply(limit, this::timeIsUp);
            asleep = true;
            sleeper = tracked.current();
            if (sleeper != null) {
                tracked.end(sleeper);
            }
            try {
                while (asleep) {
                    moved.await();
                }
            } finally {
                timer.cancel();
                wakeUp();
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void timeIsUp() {
        lock.lock();
        try {
            wakeUp();
        } finally {
            lock.unlock();
        }
    }

    private void wakeUp() {
        if (asleep) {
            asleep = false;
            if (sleeper != null) {
                tracked.begin(sleeper);
            }
            moved.signalAll();
        }
    }
}
