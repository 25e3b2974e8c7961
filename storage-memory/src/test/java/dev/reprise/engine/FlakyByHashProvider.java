package dev.reprise.engine;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers after a real wait, and fails for a share of calls that is drawn from a hash of a seed, the prompt and the how
 * manieth call of that prompt it is: the same faults in every run.
 */
final class FlakyByHashProvider implements Provider {

    private final long seed;
    private final double faultRate;
    private final Duration latency;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();

    FlakyByHashProvider(long seed, double faultRate, Duration latency) {
        this.seed = seed;
        this.faultRate = faultRate;
        this.latency = latency;
    }

    @Override
    public String name() {
        return "flaky";
    }

    @Override
    public String defaultModel() {
        return "model";
    }

    @Override
    public ModelProfile profile(String model) {
        return new ModelProfile(model, ModelProfile.Support.NO, null);
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        int now = underWay.incrementAndGet();
        mostUnderWay.accumulateAndGet(now, Math::max);
        try {
            var cancelled = new CountDownLatch(1);
            control.onCancel(cancelled::countDown);
            boolean cut = cancelled.await(latency.toMillis(), TimeUnit.MILLISECONDS);
            return reply(request, cut);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private ProviderReply reply(ProviderRequest request, boolean cut) {
        var turns = request.request().messages();
        var prompt = turns.get(turns.size() - 1).text();
        int number =
                calls.computeIfAbsent(prompt, ignored -> new AtomicInteger()).incrementAndGet();
        var exchange = new ProviderReply.Exchange(null, Usage.of(10, 20), new Sent(request.model(), Map.of(), null));
        long draw = mix(Objects.hash(seed, prompt, number));
        if (cut || (draw >>> 11) * 0x1.0p-53 < faultRate) {
            return new ProviderReply.Failed(GenerationFailure.of(FailureKind.OVERLOADED, "drawn"), null, exchange);
        }
        return new ProviderReply.Completed("answer to " + prompt, StopReason.END, "end_turn", exchange);
    }

    /** SplitMix64's finaliser. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    int totalCalls() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }
}
