package dev.reprise.provider;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.RateLimiter;
import dev.reprise.provider.ProviderReply.Failed;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Failsafe's bulkhead, rate limiter and circuit breaker, one of each for a provider and model, asked without waiting. */
final class FailsafeGuard implements Guard {

    /** When a slot comes free is not known; a look this often costs little. */
    private static final Duration SLOT_WAIT = Duration.ofMillis(100);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final Builder settings;
    private final ConcurrentHashMap<Target, Fence> fences = new ConcurrentHashMap<>();

    FailsafeGuard(Builder builder) {
        settings = copy(builder);
    }

    private record Target(String provider, String model) {}

    @Override
    public Admission admit(String provider, String model) {
        return fences.computeIfAbsent(new Target(provider, model), target -> new Fence(settings))
                .admit();
    }

    private static Builder copy(Builder from) {
        var copy = Guard.builder();
        copy.concurrency = from.concurrency;
        copy.calls = from.calls;
        copy.period = from.period;
        copy.failureRate = from.failureRate;
        copy.minimumCalls = from.minimumCalls;
        copy.window = from.window;
        copy.openFor = from.openFor;
        return copy;
    }

    /** The three for one provider and model. */
    private static final class Fence {
        private final @Nullable Bulkhead<Object> slots;
        private final @Nullable RateLimiter<Object> rate;
        private final Duration interval;
        private final @Nullable CircuitBreaker<Object> circuit;

        private Fence(Builder settings) {
            slots = settings.concurrency == null ? null : Bulkhead.of(settings.concurrency);
            interval = settings.calls == null ? Duration.ZERO : settings.period.dividedBy(settings.calls);
            rate = settings.calls == null
                    ? null
                    : RateLimiter.smoothBuilder(settings.calls, settings.period).build();
            circuit = settings.failureRate == null
                    ? null
                    : CircuitBreaker.builder()
                            .withFailureRateThreshold(settings.failureRate, settings.minimumCalls, settings.window)
                            .withSuccessThreshold(1) // one call to see
                            .withDelay(settings.openFor)
                            .build();
        }

        private Admission admit() {
            if (circuit != null
                    && circuit.isOpen()
                    && !circuit.getRemainingDelay().isZero()) {
                return later(circuit.getRemainingDelay());
            }
            if (slots != null && !slots.tryAcquirePermit()) {
                return later(SLOT_WAIT);
            }
            if (rate != null && !rate.tryAcquirePermit()) {
                giveBackSlot();
                return later(interval);
            }
            if (circuit != null && !circuit.tryAcquirePermit()) {
                giveBackSlot();
                return later(SLOT_WAIT);
            }
            var returned = new AtomicBoolean();
            return new Admission.Admitted(reply -> {
                if (returned.compareAndSet(false, true)) {
                    giveBackSlot();
                    record(reply);
                }
            });
        }

        private static Admission later(Duration wait) {
            return new Admission.Later(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
        }

        private void giveBackSlot() {
            if (slots != null) {
                slots.releasePermit();
            }
        }

        private void record(@Nullable ProviderReply reply) {
            if (circuit == null) {
                return;
            }
            if (reply == null) {
                // Nothing was learnt; but a half-open circuit waits for the word of whom it let through.
                if (circuit.isHalfOpen()) {
                    circuit.recordFailure();
                }
            } else if (reply instanceof Failed failed && down(failed)) {
                circuit.recordFailure();
            } else {
                circuit.recordSuccess();
            }
        }

        private static boolean down(Failed failed) {
            return switch (failed.failure().kind()) {
                case OVERLOADED, SERVER, TIMEOUT, NETWORK -> true;
                default -> false;
            };
        }
    }
}
