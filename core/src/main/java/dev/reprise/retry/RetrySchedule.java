package dev.reprise.retry;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The waits between the attempts of a generation: n delays allow n + 1 attempts, the first of them at once.
 *
 * @param delays the waits in order, each zero to 7 days; empty means a single attempt; at most 19
 * @param jitter how much a wait may be lengthened, 0 to 1 of its length; a wait is never shortened
 */
public record RetrySchedule(List<Duration> delays, double jitter) {

    /** Waits are lengthened by up to a tenth. */
    public static final double DEFAULT_JITTER = 0.1;

    // Above the schedules, which are checked against it while the class is initialised.
    private static final int MAX_DELAYS = 19;
    private static final Duration MAX_DELAY = Duration.ofDays(7);

    /** The default: 2, 4 and 8 seconds, four attempts. */
    public static final RetrySchedule DEFAULT =
            delays(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** For long work (plans, item batches): 5 s, 30 s, 2, 5, 5, 5 min; seven attempts, 1,055 s of waiting. */
    public static final RetrySchedule ESCALATING = delays(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5));

    /** @throws InvalidRequestException when a delay is negative or over 7 days, there are too many, or jitter is off */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.size() > MAX_DELAYS) {
            throw new InvalidRequestException("retry.delays", delays.size(), "must be at most " + MAX_DELAYS);
        }
        for (Duration delay : delays) {
            if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
                throw new InvalidRequestException("retry.delays", delay, "must be PT0S to " + MAX_DELAY);
            }
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new InvalidRequestException("retry.jitter", jitter, "must be 0 to 1");
        }
    }

    /** A schedule of these waits, each lengthened by up to a tenth. */
    public static RetrySchedule delays(Duration... delays) {
        return new RetrySchedule(Arrays.asList(delays), DEFAULT_JITTER);
    }

    /** A single attempt. */
    public static RetrySchedule never() {
        return new RetrySchedule(List.of(), DEFAULT_JITTER);
    }

    /** The same waits with another jitter. */
    public RetrySchedule withJitter(double value) {
        return new RetrySchedule(delays, value);
    }

    /**
     * This schedule cut or lengthened to a number of attempts; past the list its last delay repeats.
     *
     * @param attempts 1 to 20, the first attempt included
     */
    public RetrySchedule withMaxAttempts(int attempts) {
        if (attempts < 1 || attempts > MAX_DELAYS + 1) {
            throw new InvalidRequestException("retry.maxAttempts", attempts, "must be 1 to " + (MAX_DELAYS + 1));
        }
        var last = delays.isEmpty() ? Duration.ZERO : delays.get(delays.size() - 1);
        var resized = new ArrayList<Duration>(attempts - 1);
        for (int i = 0; i < attempts - 1; i++) {
            resized.add(i < delays.size() ? delays.get(i) : last);
        }
        return new RetrySchedule(resized, jitter);
    }

    /** How many attempts there are, the first included. */
    public int maxAttempts() {
        return delays.size() + 1;
    }

    /**
     * The wait after a number of failed attempts, lengthened by a random part of the jitter.
     *
     * @param failures how many attempts have failed, 1 to {@code maxAttempts() - 1}
     */
    Duration delayAfter(int failures, RandomGenerator random) {
        var delay = delays.get(failures - 1);
        return delay.plusNanos((long) (delay.toNanos() * jitter * random.nextDouble()));
    }
}
