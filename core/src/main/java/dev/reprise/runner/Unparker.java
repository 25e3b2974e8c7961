package dev.reprise.runner;

import dev.reprise.background.Problems;
import dev.reprise.text.Parking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes parked tasks ready again whose names are known here.
 *
 * @param heartbeat whose session does it
 * @param parking tells which
 * @param problems where a failure is told
 * @param wake what to do when there is something to claim
 */
record Unparker(Heartbeat heartbeat, Parking parking, Problems problems, Runnable wake) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Unparker.class);
    private static final String UNPARK = "unparking";

    @Override
    public void run() {
        try {
            int ready = parking.unpark(heartbeat.session());
            if (ready > 0) {
                LOG.info("{} parked generations can be run here and are ready again", ready);
                wake.run();
            }
            problems.succeeded(UNPARK);
        } catch (Throwable e) { // the next look tries again
            problems.failed(UNPARK, e);
        }
    }
}
