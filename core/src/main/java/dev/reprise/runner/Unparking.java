package dev.reprise.runner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes parked tasks ready again whose names are known here.
 *
 * @param membership whose session does it
 * @param registry the names that are known
 * @param troubles where a failure is told
 * @param wake what to do when there is something to claim
 */
record Unparking(Membership membership, Registry registry, Troubles troubles, Runnable wake) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Unparking.class);
    private static final String UNPARKING = "unparking";

    @Override
    public void run() {
        try {
            int ready = membership
                    .session()
                    .unpark(registry.providers().keySet(), registry.processors().keySet());
            if (ready > 0) {
                LOG.info("{} parked tasks can be run here and are ready again", ready);
                wake.run();
            }
            troubles.well(UNPARKING);
        } catch (RuntimeException e) {
            troubles.failed(UNPARKING, e);
        }
    }
}
