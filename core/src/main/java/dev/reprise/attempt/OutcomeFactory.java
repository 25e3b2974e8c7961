package dev.reprise.attempt;

import dev.reprise.codec.OutcomeCodec;
import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.IdSource;
import dev.reprise.listening.EventDispatcher;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.retry.RetryDecision;
import dev.reprise.retry.RetryJudge;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Concludes attempts, whatever kind of work they are of: the result, another attempt, or the end. */
public final class OutcomeFactory {

    private final RetryJudge judge;
    private final TimeSource time;
    private final IdSource ids;
    private final EventDispatcher events;
    private final LongWaits waits;

    public OutcomeFactory(RetryJudge judge, TimeSource time, IdSource ids, EventDispatcher events, LongWaits waits) {
        this.judge = judge;
        this.time = time;
        this.ids = ids;
        this.events = events;
        this.waits = waits;
    }

    /** No call was made, and so no attempt. */
    Conclusion noCall(Claim claim, Next next) {
        return conclusion(claim, null, next, OutcomeFactory::silent);
    }

    /** It was not admitted; no attempt was made, and it comes again. */
    Conclusion notAdmitted(Claim claim, Duration delay) {
        return noCall(claim, new Next.Retry(delay, claim.task().handover()));
    }

    /** Its deadline had passed when it was claimed; no call was made. */
    Conclusion deadlinePassed(Claim claim) {
        var failure = claim.named(GenerationFailure.of(FailureKind.DEADLINE, "the deadline passed before the call"));
        return noCall(claim, finish(TaskState.FAILED, failure));
    }

    /** The attempt broke in this library or in the app's code; nobody knows what was sent. */
    Conclusion broken(Claim claim, Throwable cause) {
        // Its class alone: what it says may hold anything, and the row is kept.
        var message = "the attempt broke: " + cause.getClass().getName();
        var failure = claim.named(GenerationFailure.of(FailureKind.UNKNOWN, message));
        var detail = OutcomeCodec.encode(new Attempt.Exchange(null, null, null, failure));
        var report = new AttemptReport(
                AttemptOutcome.FAILED, Counted.FAILURE, Usage.NONE, FailureSummary.of(failure), detail);
        return conclusion(claim, report, finish(TaskState.FAILED, failure), OutcomeFactory::silent);
    }

    /** The reply has been judged. */
    Conclusion judged(Claim claim, ProviderReply reply, Verdict verdict) {
        if (verdict instanceof Verdict.Succeeded succeeded) {
            return conclusion(
                    claim,
                    // The text is in the result; the attempt need not keep it as well.
                    report(AttemptOutcome.SUCCEEDED, Counted.NOTHING, reply, null, null),
                    new Next.Finish(TaskState.SUCCEEDED, OutcomeCodec.encode(succeeded.result()), null),
                    OutcomeFactory::silent);
        }
        if (verdict instanceof Verdict.Repeat repeat) {
            return repeated(claim, reply, repeat);
        }
        if (verdict instanceof Verdict.CutOff cut) {
            var reason = Objects.requireNonNull(claim.call().reason());
            return reason == CancelReason.TIMEOUT || reason == CancelReason.DEADLINE
                    ? failed(claim, cut.failure(), cut.text(), reply)
                    : cutOff(claim, new Failed(cut.failure(), cut.text(), reply.exchange()), reason);
        }
        var failed = (Verdict.Failed) verdict;
        return failed(claim, failed.failure(), failed.text(), reply);
    }

    /** The call was cut off, and its reply is not complete. */
    Conclusion cutOff(Claim claim, ProviderReply reply, CancelReason reason) {
        var text = reply instanceof Failed failed ? failed.text() : null;
        return switch (reason) {
            case TIMEOUT -> failed(claim, GenerationFailure.of(FailureKind.TIMEOUT, "no answer in time"), text, reply);
            case DEADLINE ->
                failed(claim, GenerationFailure.of(FailureKind.DEADLINE, "the deadline came"), text, reply);
            case APP -> cancelled(claim, text, reply, cancelledEnd(claim));
            // Others go on with it, if they have not already: the attempt is recorded and does not count.
            case CLOSING, LOST ->
                cancelled(
                        claim,
                        text,
                        reply,
                        new Next.Retry(Duration.ZERO, claim.task().handover()));
        };
    }

    private Conclusion failed(Claim claim, GenerationFailure cause, @Nullable String text, ProviderReply reply) {
        var failure = claim.named(cause);
        int failures = claim.task().row().counters().failures() + 1;
        var tooLong = waits.tooLong(failure);
        var decision = tooLong != null
                ? new RetryDecision.Fail(tooLong)
                : judge.judge(failure, failures, claim.untilDeadline(time.nanoTime()));
        var report = report(AttemptOutcome.FAILED, Counted.FAILURE, reply, text, failure);
        if (decision instanceof RetryDecision.Retry retry) {
            waits.told(claim.ref().id(), failure, retry.delay());
            return conclusion(
                    claim, report, new Next.Retry(retry.delay(), claim.task().handover()), receipt -> {
                        if (receipt == OutcomeReceipt.STORED) {
                            announceRetry(claim, failure, retry.delay());
                        }
                    });
        }
        var last = claim.named(((RetryDecision.Fail) decision).failure());
        return conclusion(claim, report, finish(TaskState.FAILED, last), OutcomeFactory::silent);
    }

    private Conclusion repeated(Claim claim, ProviderReply reply, Verdict.Repeat repeat) {
        if (!RepeatLimit.allows(repeat.cause(), claim.task().row().counters())) {
            return failed(claim, repeat.failure(), null, reply);
        }
        var failure = claim.named(repeat.failure());
        return conclusion(
                claim,
                report(AttemptOutcome.FAILED, RepeatLimit.counted(repeat.cause()), reply, null, failure),
                new Next.Retry(Duration.ZERO, repeat.handover().encode()),
                receipt -> announceRetry(claim, failure, Duration.ZERO));
    }

    /** The store has it CANCELLED already, and will keep the attempt's usage and nothing else. */
    private static Next cancelledEnd(Claim claim) {
        return finish(TaskState.CANCELLED, claim.named(GenerationFailure.of(FailureKind.CANCELLED, "cancelled")));
    }

    private Conclusion cancelled(Claim claim, @Nullable String text, ProviderReply reply, Next next) {
        var report = report(AttemptOutcome.CANCELLED, Counted.NOTHING, reply, text, null);
        return conclusion(claim, report, next, OutcomeFactory::silent);
    }

    private void announceRetry(Claim claim, GenerationFailure failure, Duration delay) {
        var slot = EventDispatcher.slot(claim.task().row());
        events.announce(new GenerationEvent.RetryScheduled(slot, claim.attempt(), failure, delay));
    }

    private Conclusion conclusion(
            Claim claim, @Nullable AttemptReport report, Next next, Consumer<OutcomeReceipt> announcement) {
        return new Conclusion(claim, new TaskOutcome(claim.ref(), ids.next(), report, next), announcement);
    }

    private static Next finish(TaskState state, GenerationFailure failure) {
        return new Next.Finish(
                state, OutcomeCodec.encode(failure), state == TaskState.FAILED ? FailureSummary.of(failure) : null);
    }

    private static AttemptReport report(
            AttemptOutcome outcome,
            Counted counted,
            ProviderReply reply,
            @Nullable String text,
            @Nullable GenerationFailure failure) {
        var exchange = reply.exchange();
        var detail = new Attempt.Exchange(exchange.requestId(), exchange.sent(), text, failure);
        return new AttemptReport(
                outcome,
                counted,
                exchange.usage(),
                failure == null ? null : FailureSummary.of(failure),
                OutcomeCodec.encode(detail));
    }

    private static void silent(OutcomeReceipt receipt) {
        // The end is announced with the whole generation, once it has been read back.
    }
}
