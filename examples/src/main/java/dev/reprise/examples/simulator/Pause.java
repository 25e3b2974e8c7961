package dev.reprise.examples.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that all end at once when the simulator closes. */
final class Pause {

    private final CountDownLatch over = new CountDownLatch(1);

    void forAbout(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void end() {
        over.countDown();
    }
}
