package dev.reprise.examples.durable;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A provider that sleeps and fails as each request's settings say, so that the processes that work on the requests need
 * no setting of their own. Whether a call fails is drawn from the prompt and the attempt's number: the same tasks meet
 * the same faults in every run, whoever works on them. Thread-safe.
 */
final class SleepyProvider implements Provider {

    static final String NAME = "sleepy";
    private static final String MODEL = "sleepy-1";
    private static final String LATENCY = "latency";
    private static final String FAULT_RATE = "fault_rate";
    private static final Usage USAGE = Usage.of(10, 20);

    /**
     * A request to this provider.
     *
     * @param latency how long each call of it takes
     * @param faultRate the share of its calls that fail, 0 to 1
     */
    static GenerationRequest request(String prompt, Duration latency, double faultRate) {
        return GenerationRequest.builder()
                .provider(NAME)
                .model(MODEL)
                .prompt(prompt)
                .setting(LATENCY, latency.toString())
                .setting(FAULT_RATE, Double.toString(faultRate))
                .label(NAME)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String defaultModel() {
        return MODEL;
    }

    @Override
    public ModelProfile profile(String model) {
        return new ModelProfile(model, ModelProfile.Support.NO, null);
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        var asked = request.request();
        var cut = new CountDownLatch(1);
        control.onCancel(cut::countDown);
        var latency = Duration.parse(asked.settings().getOrDefault(LATENCY, "PT0S"));
        var exchange = new ProviderReply.Exchange(null, USAGE, new Sent(request.model(), Map.of(), null));
        if (cut.await(latency.toNanos(), TimeUnit.NANOSECONDS)) {
            return failed(FailureKind.CANCELLED, "woken up", exchange);
        }
        var attempt = control.attempt();
        int number = attempt == null ? 1 : attempt.number();
        if (draw(asked.prompt(), number) < Double.parseDouble(asked.settings().getOrDefault(FAULT_RATE, "0"))) {
            return failed(FailureKind.OVERLOADED, "a drawn fault", exchange);
        }
        return new ProviderReply.Completed(
                "Slept " + latency + " over: " + asked.prompt(), StopReason.END, null, exchange);
    }

    private static ProviderReply failed(FailureKind kind, String message, ProviderReply.Exchange exchange) {
        return new ProviderReply.Failed(GenerationFailure.of(kind, message), null, exchange);
    }

    /** A number from 0 to below 1, evenly spread over prompts and numbers. */
    static double draw(String prompt, int number) {
        long mixed = mix(mix(prompt.hashCode()) + number);
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): similar inputs give unlike outputs. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
