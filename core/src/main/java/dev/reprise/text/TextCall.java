package dev.reprise.text;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.PreparedCall;
import dev.reprise.attempt.Verdict;
import dev.reprise.codec.Handover;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.StopRules;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a provider for a text.
 *
 * @param processing what complete answers go through
 * @param provider whom to call
 * @param request what was asked for
 * @param sampling what to send
 * @param handover what the attempt before has left
 */
record TextCall(
        Processing processing,
        Provider provider,
        GenerationRequest request,
        VariationTemperature sampling,
        Handover handover)
        implements PreparedCall {

    @Override
    public Guard.Admission admit(Guard guard) {
        return guard.admit(provider.name(), sampling.request().model());
    }

    @Override
    public @Nullable Duration timeout() {
        return request.attemptTimeout();
    }

    @Override
    public Sent planned() {
        return new Sent(sampling.request().model(), Map.of(), sampling.diversity());
    }

    @Override
    public ProviderReply call(CallControl control) throws InterruptedException {
        var reply = CheckedReply.of(provider.call(sampling.request(), control), provider.name(), planned());
        return withDiversity(reply instanceof Completed completed ? StopRules.apply(completed) : reply);
    }

    @Override
    public Verdict judge(ProviderReply reply, ActiveCall control) {
        if (reply instanceof Completed completed) {
            return processing.process(request, completed, control);
        }
        if (reply instanceof Again again) {
            // The same once more: what was left out has not helped.
            return again.cause() == Again.Cause.PARAMETER_REJECTED
                            && again.carry().equals(handover.provider())
                    ? new Verdict.Failed(again.failure(), null)
                    : new Verdict.Repeat(again.cause(), handover.withProvider(again.carry()), again.failure());
        }
        var failed = (Failed) reply;
        return new Verdict.Failed(failed.failure(), failed.text());
    }

    /** Providers do not know that a text was added to what they sent. */
    private ProviderReply withDiversity(ProviderReply reply) {
        var added = sampling.diversity();
        if (added == null) {
            return reply;
        }
        var sent = reply.exchange().sent();
        var exchange = new Exchange(
                reply.exchange().requestId(),
                reply.exchange().usage(),
                new Sent(sent.model(), sent.parameters(), added));
        if (reply instanceof Completed completed) {
            return new Completed(
                    completed.text(), completed.stopReason(), completed.rawStopReason(), exchange, completed.media());
        }
        if (reply instanceof Again again) {
            return new Again(again.cause(), again.carry(), again.failure(), exchange);
        }
        var failed = (Failed) reply;
        return new Failed(failed.failure(), failed.text(), exchange);
    }
}
