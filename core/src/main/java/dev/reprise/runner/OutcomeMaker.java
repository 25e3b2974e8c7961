package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.generation.Sent;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.IdSource;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.retry.RetryDecision;
import dev.reprise.retry.RetryJudge;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Tally;
import dev.reprise.store.Settlement;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what came of an attempt into the outcome to store: the result, another attempt, or the end. */
final class OutcomeMaker {

    private static final int MAX_REPEATS = 1;
    private static final int MAX_PAUSES = 5;

    private final Registry registry;
    private final RetryJudge judge;
    private final TimeSource time;
    private final IdSource ids;
    private final Announcer announcer;

    OutcomeMaker(Registry registry, RetryJudge judge, TimeSource time, IdSource ids, Announcer announcer) {
        this.registry = registry;
        this.judge = judge;
        this.time = time;
        this.ids = ids;
        this.announcer = announcer;
    }

    /** Nobody here can run it; no attempt was made. */
    OutcomeQueue.Entry park(Claim claim, String reason) {
        return entry(claim, null, new Next.Park(reason), OutcomeMaker::silent);
    }

    /** It was not admitted; no attempt was made, and it comes again. */
    OutcomeQueue.Entry putOff(Claim claim, Duration delay) {
        return entry(claim, null, new Next.Retry(delay, claim.task().carry()), OutcomeMaker::silent);
    }

    /** Its deadline had passed when it was claimed; no call was made. */
    OutcomeQueue.Entry deadlinePassed(Claim claim) {
        var failure = named(claim, GenerationFailure.of(FailureKind.DEADLINE, "the deadline passed before the call"));
        return entry(
                claim, null, new Next.Finish(TaskState.FAILED, OutcomeCodec.encode(failure)), OutcomeMaker::silent);
    }

    /** The attempt broke in this library or in the app's code; nobody knows what was sent. */
    OutcomeQueue.Entry broken(Claim claim, Throwable cause) {
        // Its class alone: what it says may hold anything, and the row is kept.
        var message = "the attempt broke: " + cause.getClass().getName();
        var failure = named(claim, GenerationFailure.of(FailureKind.UNKNOWN, message));
        var detail = OutcomeCodec.encode(new Attempt.Exchange(null, null, null, failure));
        var report = new AttemptReport(AttemptOutcome.FAILED, Tally.FAILURE, Usage.NONE, detail);
        return entry(
                claim, report, new Next.Finish(TaskState.FAILED, OutcomeCodec.encode(failure)), OutcomeMaker::silent);
    }

    /** What is left of the generation's overall time, or null when it has no deadline. */
    @Nullable
    Duration untilDeadline(Claim claim) {
        var deadline = claim.task().row().times().deadlineAt();
        if (deadline == null) {
            return null;
        }
        var sinceClaim = Duration.ofNanos(time.nanoTime() - claim.claimedNanos());
        return Duration.between(claim.task().now(), deadline).minus(sinceClaim);
    }

    /** What came of a call. */
    OutcomeQueue.Entry of(Claim claim, StoredRequest stored, ProviderReply reply, @Nullable String diversity) {
        var sent = withDiversity(reply.exchange().sent(), diversity);
        var cut = claim.call().reason();
        if (cut != null && !(reply instanceof Completed)) {
            return cutOff(claim, reply, sent, cut);
        }
        if (reply instanceof Completed completed) {
            return completed(claim, stored, completed, sent);
        }
        if (reply instanceof Again again) {
            return again(claim, again, sent);
        }
        var failed = (Failed) reply;
        return failed(claim, failed.failure(), failed.text(), reply, sent);
    }

    private OutcomeQueue.Entry completed(Claim claim, StoredRequest stored, Completed reply, Sent sent) {
        var processed = registry.process(stored.request(), reply.text());
        if (processed instanceof ProcessedOutput.Accepted accepted) {
            var result = new GenerationResult(
                    reply.text(),
                    accepted.output(),
                    accepted.metadata(),
                    reply.stopReason(),
                    reply.rawStopReason(),
                    reply.exchange().requestId(),
                    sent);
            // The text is in the result; the attempt need not keep it as well.
            var detail = new Attempt.Exchange(reply.exchange().requestId(), sent, null, null);
            var report = report(AttemptOutcome.SUCCEEDED, Tally.NOT_COUNTED, reply, detail);
            return entry(
                    claim,
                    report,
                    new Next.Finish(TaskState.SUCCEEDED, OutcomeCodec.encode(result)),
                    OutcomeMaker::silent);
        }
        var reason = ((ProcessedOutput.Rejected) processed).reason();
        var failure = GenerationFailure.builder(FailureKind.UNPARSEABLE, "the output was rejected: " + reason)
                .requestId(reply.exchange().requestId())
                .build();
        return failed(claim, failure, reply.text(), reply, sent);
    }

    private OutcomeQueue.Entry failed(
            Claim claim, GenerationFailure cause, @Nullable String text, ProviderReply reply, Sent sent) {
        var failure = named(claim, cause);
        int failures = claim.task().row().counters().failures() + 1;
        var decision = judge.judge(failure, failures, untilDeadline(claim));
        var detail = new Attempt.Exchange(reply.exchange().requestId(), sent, text, failure);
        var report = report(AttemptOutcome.FAILED, Tally.FAILURE, reply, detail);
        if (decision instanceof RetryDecision.Retry retry) {
            return entry(
                    claim, report, new Next.Retry(retry.delay(), claim.task().carry()), settlement -> {
                        if (settlement == Settlement.STORED) {
                            announceRetry(claim, failure, retry.delay());
                        }
                    });
        }
        var last = named(claim, ((RetryDecision.Fail) decision).failure());
        return entry(claim, report, new Next.Finish(TaskState.FAILED, OutcomeCodec.encode(last)), OutcomeMaker::silent);
    }

    private OutcomeQueue.Entry again(Claim claim, Again again, Sent sent) {
        var counters = claim.task().row().counters();
        boolean rejected = again.cause() == Again.Cause.PARAMETER_REJECTED;
        boolean tooOften = rejected ? counters.repeats() >= MAX_REPEATS : counters.pauses() >= MAX_PAUSES;
        if (tooOften) {
            return failed(claim, again.failure(), null, again, sent);
        }
        var failure = named(claim, again.failure());
        var detail = new Attempt.Exchange(again.exchange().requestId(), sent, null, failure);
        var report = report(AttemptOutcome.FAILED, rejected ? Tally.REPEAT : Tally.PAUSE, again, detail);
        return entry(
                claim,
                report,
                new Next.Retry(Duration.ZERO, again.carry()),
                settlement -> announceRetry(claim, failure, Duration.ZERO));
    }

    private OutcomeQueue.Entry cutOff(Claim claim, ProviderReply reply, Sent sent, ActiveCall.Cut cut) {
        var text = reply instanceof Failed failed ? failed.text() : null;
        return switch (cut) {
            case TIMEOUT ->
                failed(claim, GenerationFailure.of(FailureKind.TIMEOUT, "no answer in time"), text, reply, sent);
            case DEADLINE ->
                failed(claim, GenerationFailure.of(FailureKind.DEADLINE, "the deadline came"), text, reply, sent);
            case APP -> cancelled(claim, text, reply, sent, cancelledEnd(claim));
            // Others go on with it, if they have not already: the attempt is recorded and does not count.
            case CLOSING, LOST ->
                cancelled(
                        claim,
                        text,
                        reply,
                        sent,
                        new Next.Retry(Duration.ZERO, claim.task().carry()));
        };
    }

    /** The store has it CANCELLED already, and will keep the attempt's usage and nothing else. */
    private static Next cancelledEnd(Claim claim) {
        var failure = named(claim, GenerationFailure.of(FailureKind.CANCELLED, "cancelled"));
        return new Next.Finish(TaskState.CANCELLED, OutcomeCodec.encode(failure));
    }

    private OutcomeQueue.Entry cancelled(
            Claim claim, @Nullable String text, ProviderReply reply, Sent sent, Next next) {
        var detail = new Attempt.Exchange(reply.exchange().requestId(), sent, text, null);
        return entry(
                claim, report(AttemptOutcome.CANCELLED, Tally.NOT_COUNTED, reply, detail), next, OutcomeMaker::silent);
    }

    private void announceRetry(Claim claim, GenerationFailure failure, Duration delay) {
        int attempt = claim.task().row().counters().attempts();
        announcer.announce(new GenerationEvent.RetryScheduled(AttemptRunner.slot(claim), attempt, failure, delay));
    }

    private OutcomeQueue.Entry entry(
            Claim claim, @Nullable AttemptReport report, Next next, Consumer<Settlement> announcement) {
        return new OutcomeQueue.Entry(claim, new TaskOutcome(claim.ref(), ids.next(), report, next), announcement);
    }

    private static AttemptReport report(
            AttemptOutcome outcome, Tally tally, ProviderReply reply, Attempt.Exchange detail) {
        return new AttemptReport(outcome, tally, reply.exchange().usage(), OutcomeCodec.encode(detail));
    }

    private static GenerationFailure named(Claim claim, GenerationFailure failure) {
        var row = claim.task().row();
        return failure.toBuilder()
                .reference(GenerationReader.reference(row, row.counters().attempts()))
                .build();
    }

    private static Sent withDiversity(Sent sent, @Nullable String diversity) {
        return diversity == null ? sent : new Sent(sent.model(), sent.parameters(), diversity);
    }

    private static void silent(Settlement settlement) {
        // The end is announced with the whole generation, once it has been read back.
    }
}
