package dev.reprise.runner;

import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.Preview;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.StopRules;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls that are never stored: no id, no schedule. Only a call that the provider wants made again without a
 * parameter is made again, once.
 */
public final class Previews {

    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);

    private Previews() {}

    /** Starts a call whose text is shown as it arrives, where the provider streams; cancelling the future cuts it off. */
    public static CompletableFuture<Preview> start(Engine engine, GenerationRequest asked, Consumer<String> deltas) {
        var request = engine.registry().resolve(asked);
        var name = Objects.requireNonNull(request.provider());
        var provider = engine.registry().provider(name);
        if (provider == null) {
            throw new InvalidRequestException("provider", name, "must be known to this client for a preview");
        }
        var call = new ActiveCall(null, deltas);
        var limits = engine.settings().limits();
        var timeout = Objects.requireNonNullElse(request.attemptTimeout(), limits.attempt());
        call.limit(timeout, limits.idle());
        var future = new PendingPreview(call);
        engine.previews().add(future);
        try {
            engine.previewThreads().execute(() -> run(engine, request, provider, future));
        } catch (RejectedExecutionException e) {
            engine.previews().refuse(future);
        }
        return future;
    }

    private static void run(Engine engine, GenerationRequest request, Provider provider, PendingPreview future) {
        if (future.isDone()) {
            return; // cancelled, or the client closed, while it waited for a thread
        }
        var call = future.call();
        var alarm = engine.time().schedule(call.timeout(), () -> call.cut(ActiveCall.Cut.TIMEOUT));
        try {
            future.complete(preview(engine, request, provider, call));
        } catch (GenerationFailedException e) {
            fail(future, e.failure());
        } catch (ClientClosedException e) {
            future.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(future, GenerationFailure.of(FailureKind.CANCELLED, "interrupted"));
        } catch (RuntimeException | Error e) { // whoever waits must be told, whatever it was
            LOG.warn("provider {} threw on a preview", provider.name(), e);
            var message = "the call threw " + e.getClass().getName();
            fail(future, GenerationFailure.of(FailureKind.UNKNOWN, message));
        } finally {
            alarm.cancel();
        }
    }

    /** No row tells of it later: what support can look up is in the log. */
    private static void fail(PendingPreview future, GenerationFailure failure) {
        var reference = "preview-" + UUID.randomUUID();
        // Not its message, which may quote what was asked or answered.
        LOG.info(
                "{} failed: {}, status {}, code {}, request id {}",
                reference,
                failure.kind(),
                failure.status(),
                failure.code(),
                failure.requestId());
        future.completeExceptionally(
                failed(failure.toBuilder().reference(reference).build()));
    }

    private static Preview preview(Engine engine, GenerationRequest request, Provider provider, ActiveCall call)
            throws InterruptedException {
        var stored = StoredRequest.plain(request);
        var diversity = engine.settings().diversity();
        if (call.reason() == ActiveCall.Cut.CLOSING) {
            throw new ClientClosedException("preview");
        }
        var reply = admitted(engine, provider, CallPlan.of(stored, null, null, provider, diversity), call);
        if (reply instanceof Again again) {
            reply = admitted(engine, provider, CallPlan.of(stored, null, again.carry(), provider, diversity), call);
        }
        if (call.reason() == ActiveCall.Cut.CLOSING && !(reply instanceof Completed)) {
            throw new ClientClosedException("preview");
        }
        if (call.reason() == ActiveCall.Cut.TIMEOUT) {
            throw failed(GenerationFailure.of(FailureKind.TIMEOUT, "no answer in time"));
        }
        return preview(engine, request, reply);
    }

    private static ProviderReply admitted(Engine engine, Provider provider, CallPlan plan, ActiveCall call)
            throws InterruptedException {
        var admission =
                engine.settings().guard().admit(provider.name(), plan.request().model());
        if (!(admission instanceof Admission.Admitted admitted)) {
            var wait = ((Admission.Later) admission).delay();
            throw failed(GenerationFailure.builder(FailureKind.OVERLOADED, "not admitted; try again in " + wait)
                    .retryAfter(wait)
                    .build());
        }
        ProviderReply reply = null;
        try {
            reply = provider.call(plan.request(), call);
            return reply;
        } finally {
            admitted.permit().done(reply);
        }
    }

    private static Preview preview(Engine engine, GenerationRequest request, ProviderReply reply) {
        var judged = reply instanceof Completed completed ? StopRules.apply(completed) : reply;
        if (judged instanceof Failed bad) {
            throw failed(bad.failure());
        }
        if (judged instanceof Again again) {
            throw failed(again.failure());
        }
        var answer = (Completed) judged;
        var processed = engine.registry().process(request, answer.text());
        if (processed instanceof ProcessedOutput.Rejected rejected) {
            throw failed(
                    GenerationFailure.of(FailureKind.UNPARSEABLE, "the output was rejected: " + rejected.reason()));
        }
        var accepted = (ProcessedOutput.Accepted) processed;
        return new Preview(
                new GenerationResult(
                        answer.text(),
                        accepted.output(),
                        accepted.metadata(),
                        answer.stopReason(),
                        answer.rawStopReason(),
                        answer.exchange().requestId(),
                        answer.exchange().sent()),
                answer.exchange().usage());
    }

    private static GenerationFailedException failed(GenerationFailure failure) {
        return new GenerationFailedException("", failure);
    }
}
