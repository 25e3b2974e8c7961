package dev.reprise.background;

import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits at closing for what is under way: up to a limit for all of it to end, then for the last words of what is cut off.
 * Thread-safe.
 */
public final class Drain {

    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final BooleanSupplier idle;
    private final Runnable cutOff;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile TimeSource.@Nullable Timer alarm;

    /**
     * A drain that has not begun.
     *
     * @param idle whether nothing is under way
     * @param cutOff cuts off all that is under way
     */
    public Drain(BooleanSupplier idle, Runnable cutOff) {
        this.idle = idle;
        this.cutOff = cutOff;
    }

    /** Whether it has begun: nothing new is to begin any more. */
    public boolean begun() {
        return begun;
    }

    /** Begins to wait; what is under way after the limit is cut off. */
    public void begin(Duration limit, TimeSource time) {
        begun = true;
        check();
        if (ended.getCount() == 0) {
            return;
        }
        if (limit.isZero()) {
            cutOff.run();
        }
        alarm = time.schedule(limit, () -> {
            cutOff.run();
            time.schedule(LAST_WORDS, ended::countDown);
        });
    }

    /** Something has ended; it may have been the last. */
    public void check() {
        if (begun && idle.getAsBoolean()) {
            ended.countDown();
        }
    }

    /** Waits until all has ended or had its last words; an interrupt cuts it off at once. */
    public void awaitEnd(Duration limit) {
        var bound = limit.plus(LAST_WORDS).plus(LAST_WORDS);
        try {
            // The alarms decide; this bound only guards against a clock that never moves.
            if (!ended.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                cutOff.run();
            }
        } catch (InterruptedException e) {
            cutOff.run();
            Thread.currentThread().interrupt();
        }
        var set = alarm;
        if (set != null) {
            set.cancel();
        }
    }
}
