package dev.reprise.testkit;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.testkit.FakeOutcome.End;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a fake provider while it is under way: waits, streams, and comes to an end. For one thread. */
final class FakeAnswer {

    private final FakeOutcome outcome;
    private final ProviderRequest request;
    private final String requestId;
    private final CallControl control;
    private final Gate gate;
    private final StringBuilder arrived = new StringBuilder();
    private long left;
    private FakeCall.Ending ending = FakeCall.Ending.AS_SCRIPTED;

    FakeAnswer(FakeOutcome outcome, ProviderRequest request, String requestId, CallControl control, Gate gate) {
        this.outcome = outcome;
        this.request = request;
        this.requestId = requestId;
        this.control = control;
        this.gate = gate;
        this.left = VirtualTimers.nanos(control.timeout());
    }

    /**
     * Makes the call.
     *
     * @param usual the latency and usage of outcomes that have none of their own
     */
    ProviderReply make(Usual usual) throws InterruptedException {
        control.onCancel(gate::open);
        long latency = VirtualTimers.nanos(Objects.requireNonNullElse(outcome.latency(), usual.latency()));
        var deltas = outcome.deltas();
        if (deltas.isEmpty() && !await(latency)) {
            return cutOff();
        }
        for (int i = 0; i < deltas.size(); i++) {
            // Spread so that the waits add up to the latency exactly.
            if (!await(latency * (i + 1) / deltas.size() - latency * i / deltas.size())) {
                return cutOff();
            }
            stream(deltas.get(i));
        }
        if (outcome.end() instanceof End.Hang) {
            await(Long.MAX_VALUE);
            return cutOff();
        }
        return end(usual.usage());
    }

    FakeCall.Ending ending() {
        return ending;
    }

    private void stream(String delta) {
        if (!delta.isEmpty()) {
            arrived.append(delta);
            control.text(delta);
        }
    }

    /** Waits, and says whether the call may go on. */
    private boolean await(long nanos) throws InterruptedException {
        long silence = outcome.deltas().isEmpty() ? Long.MAX_VALUE : VirtualTimers.nanos(control.idleTimeout());
        long allowed = Math.min(left, silence);
        boolean cancelled = gate.await(Duration.ofNanos(Math.min(nanos, allowed))) || control.cancelled();
        if (cancelled) {
            ending = FakeCall.Ending.CANCELLED;
        } else if (nanos > allowed) {
            ending = FakeCall.Ending.TIMED_OUT;
        }
        left -= Math.min(nanos, left);
        return ending == FakeCall.Ending.AS_SCRIPTED;
    }

    private ProviderReply cutOff() {
        var failure = ending == FakeCall.Ending.CANCELLED
                ? GenerationFailure.of(FailureKind.CANCELLED, "the call was cancelled")
                : GenerationFailure.of(FailureKind.TIMEOUT, "no whole answer within " + control.timeout());
        return failed(failure);
    }

    private ProviderReply end(Usage usualUsage) {
        if (outcome.end() instanceof End.Stop stop) {
            return new ProviderReply.Completed(
                    stop.text(), stop.reason(), stop.reason().name().toLowerCase(Locale.ROOT), exchange(usualUsage));
        }
        if (outcome.end() instanceof End.Repeat repeat) {
            return new ProviderReply.Again(repeat.cause(), repeat.carry(), repeat.failure(), exchange(Usage.NONE));
        }
        if (outcome.end() instanceof End.Throw thrown) {
            throw thrown.exception();
        }
        if (outcome.end() instanceof End.Fail fail) {
            return failed(fail.failure());
        }
        throw new IllegalStateException("no end: " + outcome.end());
    }

    private ProviderReply failed(GenerationFailure failure) {
        return new ProviderReply.Failed(failure, text(), exchange(Usage.NONE));
    }

    private @Nullable String text() {
        return arrived.isEmpty() ? null : arrived.toString();
    }

    private ProviderReply.Exchange exchange(Usage usual) {
        var parameters = new LinkedHashMap<String, String>();
        if (request.temperature() != null) {
            parameters.put("temperature", String.valueOf(request.temperature()));
        }
        var cap = request.request().maxOutputTokens();
        if (cap != null) {
            parameters.put("max_tokens", String.valueOf(cap));
        }
        return new ProviderReply.Exchange(
                requestId,
                Objects.requireNonNullElse(outcome.usage(), usual),
                new Sent(request.model(), parameters, null));
    }

    /** What holds where an outcome says nothing. */
    record Usual(Duration latency, Usage usage) {}
}
