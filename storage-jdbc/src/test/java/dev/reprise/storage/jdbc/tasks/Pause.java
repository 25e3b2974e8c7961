package dev.reprise.storage.jdbc.tasks;

import dev.reprise.storage.jdbc.sql.PausePoint;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Stops a store's transaction at a point, once, until a test lets it go on. */
final class Pause implements PausePoint.Hook {

    private static final long SECONDS = 30;

    private final AtomicReference<Stop> next = new AtomicReference<>();
    private final AtomicInteger begun = new AtomicInteger();

    private record Stop(PausePoint point, CountDownLatch arrived, CountDownLatch released) {}

    @Override
    public void at(PausePoint point, Collection<String> tasks) {
        if (point == PausePoint.BEFORE_LOCKS) {
            begun.incrementAndGet();
        }
        var stop = next.get();
        if (stop != null && stop.point == point && next.compareAndSet(stop, null)) {
            stop.arrived.countDown();
            await(stop.released);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who comes to this point next stops there. */
    Stopped next(PausePoint point) {
        var stop = new Stop(point, new CountDownLatch(1), new CountDownLatch(1));
        next.set(stop);
        return new Stopped(stop);
    }

    /** How often a change has begun, those included that have begun anew. */
    int begun() {
        return begun.get();
    }

    /** A transaction that stops, or is going to. */
    static final class Stopped {
        private final Stop stop;

        private Stopped(Stop stop) {
            this.stop = stop;
        }

        void awaitArrival() {
            await(stop.arrived);
        }

        void goOn() {
            stop.released.countDown();
        }
    }
}
