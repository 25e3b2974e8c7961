package dev.reprise.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where one thread waits until a time has passed, or until somebody opens it for good. Thread-safe. */
interface Gate {

    /** Lets the waiting thread go, now or as soon as it comes. */
    void open();

    /**
     * Waits for the gate to open; for one thread at a time.
     *
     * @param limit how long at most; zero or negative does not wait
     * @return whether the gate is open
     */
    boolean await(Duration limit) throws InterruptedException;

    /** A gate at which real time passes. */
    static Gate real() {
        var latch = new CountDownLatch(1);
        return new Gate() {
            @Override
            public void open() {
                latch.countDown();
            }

            @Override
            public boolean await(Duration limit) throws InterruptedException {
                return latch.await(VirtualTimers.nanos(limit), TimeUnit.NANOSECONDS);
            }
        };
    }
}
