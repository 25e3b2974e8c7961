package dev.reprise.runner;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Has the store fail what waits beyond its deadline, and tells of it. Beside the {@link Pump} and not in it: thousands may
 * have to end at once, and claims must not wait for them.
 */
final class Expiry {

    private static final String EXPIRING = "failing what is beyond its deadline";

    private final Membership membership;
    private final EndAnnouncements endings;
    private final Troubles troubles;
    private final Runnable wake;
    private final SingleFlight expiring;
    private volatile boolean open = true;

    /** @param wake what to do when the end of something may have made something else ready */
    Expiry(Membership membership, EndAnnouncements endings, Troubles troubles, Executor threads, Runnable wake) {
        this.membership = membership;
        this.endings = endings;
        this.troubles = troubles;
        this.wake = wake;
        this.expiring = new SingleFlight(threads, this::expire);
    }

    /** @param untilDeadline how long until the next deadline, or null when there is none */
    void look(@Nullable Duration untilDeadline) {
        if (untilDeadline != null && untilDeadline.isZero()) {
            expiring.request();
        } else {
            troubles.well(EXPIRING); // whoever it was that could
        }
    }

    /** Begins nothing any more. */
    void stop() {
        open = false;
    }

    private void expire() {
        if (!open) {
            return;
        }
        try {
            boolean any = false;
            var ended = membership.session().expire();
            while (!ended.isEmpty()) {
                any = true;
                endings.announce(ended);
                // The next poll goes on when listeners, who get each with its texts and images, have heard of these.
                ended = open && !endings.behind() ? membership.session().expire() : List.of();
            }
            troubles.well(EXPIRING);
            if (any) {
                wake.run();
            }
        } catch (RuntimeException e) {
            troubles.failed(EXPIRING, e); // the next poll tries again
        }
    }
}
