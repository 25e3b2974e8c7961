package dev.reprise.attempt;

import dev.reprise.provider.Guard;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the guard for leave to call, and spreads those that are not admitted: each is told to come back a little later
 * than the one before, so that a long queue behind a rate limit does not come back all at once.
 */
final class StaggeredGuard implements Guard {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration SPREAD_OVER = Duration.ofMinutes(1);

    private final Guard guard;
    private final TimeSource time;
    // For each provider and model: when the last of those that were put off comes back, in monotonic nanoseconds.
    private final Map<String, Long> lastReturn = new ConcurrentHashMap<>();

    StaggeredGuard(Guard guard, TimeSource time) {
        this.guard = guard;
        this.time = time;
    }

    /** Asks to make one call now; a delay that comes back is this caller's own. */
    @Override
    public Admission admit(String provider, String model) {
        var admission = guard.admit(provider, model);
        var key = provider + '\n' + model;
        if (!(admission instanceof Admission.Later later)) {
            return admission;
        }
        long now = time.nanoTime();
        // A guard that names no wait must not have its generations claimed and put off without end.
        long wait = Math.max(later.delay().toNanos(), SHORTEST_WAIT.toNanos());
        long latest = now + Math.max(wait, SPREAD_OVER.toNanos());
        long mine = lastReturn.merge(key, now + wait, (last, first) -> {
            long next = last - now < 0 ? first : last + Math.min(wait, SPREAD_OVER.toNanos() / 100);
            // Past the end the queue folds back: those later ones come between the earlier ones.
            return next - latest > 0 ? first : next;
        });
        return new Admission.Later(Duration.ofNanos(Math.max(wait, mine - now)));
    }
}
