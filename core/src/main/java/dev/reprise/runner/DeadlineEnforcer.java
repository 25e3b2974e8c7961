package dev.reprise.runner;

import dev.reprise.background.Problems;
import dev.reprise.background.SingleFlight;
import dev.reprise.listening.CompletionNotifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Has the store fail what waits beyond its deadline, and tells of it. Beside the {@link Poller} and not in it: thousands may
 * have to end at once, and claims must not wait for them.
 */
final class DeadlineEnforcer {

    private static final String EXPIRING = "failing what is beyond its deadline";

    private final Heartbeat heartbeat;
    private final CompletionNotifier notifier;
    private final Problems problems;
    private final Runnable wake;
    private final SingleFlight expiring;
    private volatile boolean open = true;

    /** @param wake what to do when the end of something may have made something else ready */
    DeadlineEnforcer(
            Heartbeat heartbeat, CompletionNotifier notifier, Problems problems, Executor threads, Runnable wake) {
        this.heartbeat = heartbeat;
        this.notifier = notifier;
        this.problems = problems;
        this.wake = wake;
        this.expiring = new SingleFlight(threads, this::expire);
    }

    /** @param untilDeadline how long until the next deadline, or null when there is none */
    void look(@Nullable Duration untilDeadline) {
        if (untilDeadline != null && untilDeadline.isZero()) {
            expiring.request();
        } else {
            problems.succeeded(EXPIRING); // whoever it was that could
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
            var ended = heartbeat.session().expire();
            while (!ended.isEmpty()) {
                any = true;
                notifier.announce(ended);
                // The next poll goes on when listeners, who get each with its texts and images, have heard of these.
                ended = open && !notifier.behind() ? heartbeat.session().expire() : List.of();
            }
            problems.succeeded(EXPIRING);
            if (any) {
                wake.run();
            }
        } catch (Throwable e) {
            problems.failed(EXPIRING, e); // the next poll tries again
        }
    }
}
