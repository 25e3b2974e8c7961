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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider whose calls are code of the test, for what a well-behaved provider would not do. */
record CodeProvider(Call code, AtomicInteger calls) implements Provider {

    CodeProvider(Call code) {
        this(code, new AtomicInteger());
    }

    /** What a call does. */
    @FunctionalInterface
    interface Call {
        ProviderReply make(ProviderRequest request, CallControl control, int number) throws InterruptedException;
    }

    static ProviderReply completed(String text) {
        return new ProviderReply.Completed(text, StopReason.END, null, exchange(Usage.of(1, 2)));
    }

    static ProviderReply failed(FailureKind kind) {
        return new ProviderReply.Failed(GenerationFailure.of(kind, "scripted"), null, exchange(Usage.of(3, 4)));
    }

    private static ProviderReply.Exchange exchange(Usage usage) {
        return new ProviderReply.Exchange("request", usage, new Sent("model", Map.of(), null));
    }

    /** Waits until the call is cut off, whatever its limits are, and says that the network broke. */
    static ProviderReply whenCutOff(VirtualWorld world, CallControl control) throws InterruptedException {
        var cut = new CountDownLatch(1);
        control.onCancel(cut::countDown);
        while (cut.getCount() > 0) {
            world.clock.sleep(Duration.ofMillis(100));
        }
        return failed(FailureKind.NETWORK);
    }

    @Override
    public String name() {
        return "code";
    }

    @Override
    public String defaultModel() {
        return "model";
    }

    @Override
    public ModelProfile profile(String model) {
        return ModelProfile.unknown(model);
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        return code.make(request, control, calls.incrementAndGet());
    }
}
