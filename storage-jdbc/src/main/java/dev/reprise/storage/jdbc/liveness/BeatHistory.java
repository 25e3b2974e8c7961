package dev.reprise.storage.jdbc.liveness;

import java.util.ArrayList;
import java.util.List;

/**
 * How regularly an observer has beaten itself, by the store's clock. Immutable.
 *
 * @param pauses the pauses that count, oldest first, each shorter than those before; none is kept that a later one of at
 *     least its length makes needless
 * @param last the last beat
 */
public record BeatHistory(List<Pause> pauses, long last) {

    /** Beats come every second or so; shorter pauses are half of no lease that there can be. */
    private static final long SHORTEST_PAUSE_MILLIS = 1_500;

    /**
     * A time without a beat.
     *
     * @param millis how long it was
     * @param end when it ended
     */
    public record Pause(long millis, long end) {

        boolean shakes(long lease, long now) {
            return millis >= lease / 2 && end > now - lease;
        }
    }

    /** An observer that knows nothing of the time before. */
    public static BeatHistory since(long at) {
        return new BeatHistory(List.of(new Pause(Long.MAX_VALUE, at)), at);
    }

    /** After one more beat. */
    public BeatHistory and(long at) {
        long pause = at - last;
        if (pause < SHORTEST_PAUSE_MILLIS) {
            return new BeatHistory(pauses, at);
        }
        List<Pause> kept = new ArrayList<>(pauses);
        kept.removeIf(earlier -> earlier.millis <= pause);
        kept.add(new Pause(pause, at));
        return new BeatHistory(List.copyOf(kept), at);
    }

    /**
     * Whether another runner's lease that is over tells of its death: not when this observer was silent for half as long
     * itself within the time of that lease.
     */
    public boolean believe(long lease, long now) {
        return !new Pause(now - last, now).shakes(lease, now)
                && pauses.stream().noneMatch(pause -> pause.shakes(lease, now));
    }
}
