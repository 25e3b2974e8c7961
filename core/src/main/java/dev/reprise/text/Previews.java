package dev.reprise.text;

import dev.reprise.attempt.ActiveCall;
import dev.reprise.attempt.AdmittedCall;
import dev.reprise.attempt.CallSettings;
import dev.reprise.attempt.CancelReason;
import dev.reprise.attempt.PreparedCall;
import dev.reprise.attempt.RepeatLimit;
import dev.reprise.attempt.Verdict;
import dev.reprise.codec.Handover;
import dev.reprise.codec.StoredRequest;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.RepriseException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Preview;
import dev.reprise.generation.Usage;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.store.Counters;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes attempts of text generations that are never stored: no id, no schedule. Only what the provider wants made once
 * more is made once more, as often as for a stored one.
 */
public final class Previews {

    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);

    private final TextAttempts attempts;
    private final CallSettings settings;
    private final TimeSource time;
    private final Executor threads;
    private final OpenPreviews open = new OpenPreviews();

    public Previews(TextAttempts attempts, CallSettings settings, TimeSource time, Executor threads) {
        this.attempts = attempts;
        this.settings = settings;
        this.time = time;
        this.threads = threads;
    }

    /** Starts a call whose text is shown as it arrives, where the provider streams; cancelling the future cuts it off. */
    public CompletableFuture<Preview> start(GenerationRequest asked, Consumer<String> deltas) {
        var request = attempts.registry().resolve(asked);
        var name = Objects.requireNonNull(request.provider());
        var provider = attempts.registry().provider(name);
        if (provider == null) {
            throw new InvalidRequestException("provider", name, "must be known to this client for a preview");
        }
        var call = new ActiveCall(null, deltas);
        call.limit(Objects.requireNonNullElse(request.attemptTimeout(), settings.timeout()), settings.idleTimeout());
        var future = new PendingPreview(call);
        open.add(future);
        try {
            threads.execute(() -> run(request, provider, future));
        } catch (RejectedExecutionException e) {
            open.refuse(future);
        }
        return future;
    }

    /** Has no more begin, and those that are under way cut off after a limit. */
    public void drain(Duration limit) {
        open.drain(limit, time);
    }

    /** Waits until all have ended or had their last words; whoever still awaits one then is told of the closing. */
    public void awaitEnd(Duration limit) {
        open.awaitEnd(limit);
    }

    private void run(GenerationRequest request, Provider provider, PendingPreview future) {
        if (future.isDone()) {
            return; // cancelled, or the client closed, while it waited for a thread
        }
        var call = future.call();
        var alarm = time.schedule(call.timeout(), () -> call.cancel(CancelReason.TIMEOUT));
        try {
            future.complete(preview(request, provider, call));
        } catch (GenerationFailedException e) {
            fail(future, e.failure());
        } catch (ClientClosedException e) {
            future.completeExceptionally(e);
        } catch (Throwable e) { // whoever waits must be told, whatever it was
            LOG.warn("a preview broke", e);
            var message = "the preview broke: " + e.getClass().getName();
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

    private Preview preview(GenerationRequest request, Provider provider, ActiveCall call) {
        var stored = StoredRequest.plain(request);
        var handover = Handover.NONE;
        var counters = Counters.NONE;
        var spent = Usage.NONE;
        while (true) {
            var prepared = attempts.call(stored, null, handover, provider);
            var reply = admitted(prepared, call);
            spent = spent.plus(reply.exchange().usage());
            var verdict = prepared.judge(reply, call);
            if (verdict instanceof Verdict.Succeeded succeeded) {
                return new Preview(succeeded.result(), spent);
            }
            if (verdict instanceof Verdict.Failed failed) {
                throw failed(failed.failure());
            }
            if (verdict instanceof Verdict.CutOff cut) {
                throw cutOff(call, cut.failure());
            }
            var repeat = (Verdict.Repeat) verdict;
            if (!RepeatLimit.allows(repeat.cause(), counters)) {
                throw failed(repeat.failure());
            }
            counters = counters.plus(RepeatLimit.counted(repeat.cause()));
            handover = repeat.handover();
        }
    }

    private ProviderReply admitted(PreparedCall prepared, ActiveCall call) {
        if (call.reason() == CancelReason.CLOSING) {
            throw new ClientClosedException("preview");
        }
        var admission = prepared.admit(settings.guard());
        if (admission instanceof Admission.Later later) {
            throw failed(
                    GenerationFailure.builder(FailureKind.OVERLOADED, "not admitted; try again in " + later.delay())
                            .retryAfter(later.delay())
                            .build());
        }
        var reply = AdmittedCall.make(prepared, call, ((Admission.Admitted) admission).permit());
        var reason = call.reason();
        if (reason == null || reply instanceof Completed) {
            return reply;
        }
        throw cutOff(call, GenerationFailure.of(FailureKind.TIMEOUT, "no answer in time"));
    }

    private static RepriseException cutOff(ActiveCall call, GenerationFailure late) {
        var reason = call.reason();
        if (reason == CancelReason.CLOSING) {
            return new ClientClosedException("preview");
        }
        return failed(reason == CancelReason.TIMEOUT ? late : GenerationFailure.of(FailureKind.CANCELLED, "cancelled"));
    }

    private static GenerationFailedException failed(GenerationFailure failure) {
        return new GenerationFailedException("", failure);
    }
}
