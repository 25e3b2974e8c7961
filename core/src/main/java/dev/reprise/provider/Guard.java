package dev.reprise.provider;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Protects a provider from this process, and this process from a provider that is down: asked before each call, for the
 * provider and the model, and never waiting. Who is not admitted asks again later; that is no attempt and holds no
 * thread. Thread-safe.
 *
 * <p>It counts within one process: two processes admit twice as much. It keeps real time, whatever clock a test uses.
 */
public interface Guard {

    /**
     * Asks to make one call now.
     *
     * @return a permit, which must be given back once whatever becomes of the call, or how long to wait
     */
    Admission admit(String provider, String model);

    /** Admits every call. */
    static Guard none() {
        return (provider, model) -> new Admission.Admitted(reply -> {});
    }

    /** Starts a guard that limits nothing yet. */
    static Builder builder() {
        return new Builder();
    }

    /** Whether a call may be made. */
    sealed interface Admission {

        /**
         * It may.
         *
         * @param permit to be given back when the call has ended
         */
        record Admitted(Permit permit) implements Admission {}

        /**
         * It may not yet.
         *
         * @param delay when asking again makes sense; over zero; an estimate
         */
        record Later(Duration delay) implements Admission {}
    }

    /** The leave to make one call. */
    @FunctionalInterface
    interface Permit {

        /**
         * Gives the permit back. Only the first time counts.
         *
         * @param reply how the call ended, or null when it was not made or was cut off
         */
        void done(@Nullable ProviderReply reply);
    }

    /** Builds a {@link Guard}; not thread-safe. */
    final class Builder {
        @Nullable
        Integer concurrency;

        @Nullable
        Integer calls;

        Duration period = Duration.ofSeconds(1);

        @Nullable
        Integer failureRate;

        int minimumCalls = 1;
        Duration window = Duration.ofSeconds(30);
        Duration openFor = Duration.ofSeconds(10);

        private Builder() {}

        /** At most so many calls at once for each provider and model; default: no limit. */
        public Builder concurrency(int atOnce) {
            concurrency = positive("guard.concurrency", atOnce);
            return this;
        }

        /** At most so many calls in a period, evenly spread, for each provider and model; default: no limit. */
        public Builder rate(int most, Duration within) {
            calls = positive("guard.rate", most);
            period = positive("guard.rate.period", within);
            return this;
        }

        /**
         * Opens a circuit for a provider and model that fails: no calls for a time, then one to see. Failures of the
         * server, overload, timeouts and broken connections count; refused requests and rate limits do not. Default: no
         * circuit.
         *
         * @param percent of calls that fail, 1 to 100, at which it opens
         * @param outOf how many calls there must have been at least
         * @param within how long a call counts
         * @param open how long it stays open
         */
        public Builder circuit(int percent, int outOf, Duration within, Duration open) {
            if (percent < 1 || percent > 100) {
                throw new InvalidRequestException("guard.circuit.percent", percent, "must be 1 to 100");
            }
            failureRate = percent;
            minimumCalls = positive("guard.circuit.outOf", outOf);
            window = positive("guard.circuit.within", within);
            openFor = positive("guard.circuit.open", open);
            return this;
        }

        /** The guard. */
        public Guard build() {
            return new FailsafeGuard(this);
        }

        private static int positive(String field, int value) {
            if (value < 1) {
                throw new InvalidRequestException(field, value, "must be at least 1");
            }
            return value;
        }

        private static Duration positive(String field, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new InvalidRequestException(field, value, "must be over PT0S");
            }
            return value;
        }
    }
}
