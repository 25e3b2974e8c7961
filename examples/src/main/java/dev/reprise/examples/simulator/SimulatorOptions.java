package dev.reprise.examples.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * How a simulator behaves.
 *
 * @param seed decides texts, ids and faults; the same seed and the same requests in the same order give the same
 *     answers
 * @param faultRate the share of valid requests that meet a {@link Fault}, from 0 to 1
 * @param latency how long an answer takes to begin
 * @param chunkDelay the pause before each event of a stream
 * @param retryAfter what a 429 asks for in {@code Retry-After}, rounded up to seconds
 * @param port the port to listen on, 0 for any free one
 */
public record SimulatorOptions(
        long seed, double faultRate, Duration latency, Duration chunkDelay, Duration retryAfter, int port) {

    public SimulatorOptions {
        if (!(faultRate >= 0 && faultRate <= 1)) {
            throw new IllegalArgumentException("faultRate must be from 0 to 1: " + faultRate);
        }
        requireNotNegative("latency", latency);
        requireNotNegative("chunkDelay", chunkDelay);
        requireNotNegative("retryAfter", retryAfter);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535: " + port);
        }
    }

    /** A builder that holds the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The defaults: seed 1, a fault in every fifth request, 150 ms to an answer, 10 ms to an event, a free port. */
    public static SimulatorOptions defaults() {
        return builder().build();
    }

    /** The same options with no faults and no waiting, as a test wants them. */
    public SimulatorOptions flawless() {
        return toBuilder()
                .faultRate(0)
                .latency(Duration.ZERO)
                .chunkDelay(Duration.ZERO)
                .build();
    }

    public Builder toBuilder() {
        return builder()
                .seed(seed)
                .faultRate(faultRate)
                .latency(latency)
                .chunkDelay(chunkDelay)
                .retryAfter(retryAfter)
                .port(port);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    /** Collects options; each starts with its default. */
    public static final class Builder {

        private long seed = 1;
        private double faultRate = 0.2;
        private Duration latency = Duration.ofMillis(150);
        private Duration chunkDelay = Duration.ofMillis(10);
        private Duration retryAfter = Duration.ofSeconds(1);
        private int port;

        private Builder() {}

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder faultRate(double faultRate) {
            this.faultRate = faultRate;
            return this;
        }

        public Builder latency(Duration latency) {
            this.latency = latency;
            return this;
        }

        public Builder chunkDelay(Duration chunkDelay) {
            this.chunkDelay = chunkDelay;
            return this;
        }

        public Builder retryAfter(Duration retryAfter) {
            this.retryAfter = retryAfter;
            return this;
        }

        public Builder port(int port) {
            this.port = port;
            return this;
        }

        public SimulatorOptions build() {
            return new SimulatorOptions(seed, faultRate, latency, chunkDelay, retryAfter, port);
        }
    }
}
