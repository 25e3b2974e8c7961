package dev.reprise.attempt;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.listening.EventDispatcher;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.Guard.Permit;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the attempt of a claimed task through its steps, and concludes it whatever comes of it. Never throws. */
public final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

    private final AttemptKind kind;
    private final CallSettings settings;
    private final Guard guard;
    private final TimeSource time;
    private final EventDispatcher events;
    private final OutcomeFactory outcomes;

    public AttemptRunner(
            AttemptKind kind, CallSettings settings, TimeSource time, EventDispatcher events, OutcomeFactory outcomes) {
        this.kind = kind;
        this.settings = settings;
        this.guard = new StaggeredGuard(settings.guard(), time);
        this.time = time;
        this.events = events;
        this.outcomes = outcomes;
    }

    /** Runs one attempt to its end, whatever happens; the conclusion is still to be stored. */
    public Conclusion run(Claim claim) {
        try {
            var preparation = kind.prepare(claim.task());
            return preparation instanceof Preparation.Ready ready
                    ? admitted(claim, ready.call())
                    : outcomes.noCall(claim, ((Preparation.NoCall) preparation).next());
        } catch (Throwable e) { // what it does not declare, too
            LOG.error("generation {} broke its attempt", claim.ref().id(), e);
            return outcomes.broken(claim, e);
        }
    }

    private Conclusion admitted(Claim claim, PreparedCall prepared) {
        var left = claim.untilDeadline(time.nanoTime());
        if (left != null && (left.isNegative() || left.isZero())) {
            return outcomes.deadlinePassed(claim);
        }
        var admission = prepared.admit(guard);
        return admission instanceof Admission.Admitted admitted
                ? called(claim, prepared, left, admitted.permit())
                : outcomes.notAdmitted(claim, ((Admission.Later) admission).delay());
    }

    private Conclusion called(Claim claim, PreparedCall prepared, @Nullable Duration untilDeadline, Permit permit) {
        var timeout = Objects.requireNonNullElse(prepared.timeout(), settings.timeout());
        boolean deadlineFirst = untilDeadline != null && untilDeadline.compareTo(timeout) <= 0;
        var limit = deadlineFirst ? Objects.requireNonNull(untilDeadline) : timeout;
        var late = deadlineFirst ? CancelReason.DEADLINE : CancelReason.TIMEOUT;
        announceStart(claim);
        var control = claim.call();
        control.limit(limit, settings.idleTimeout());
        var alarm = time.schedule(limit, () -> control.cancel(late));
        try {
            var reply = AdmittedCall.make(prepared, control, permit);
            var reason = control.reason();
            return reason != null && !(reply instanceof Completed)
                    ? outcomes.cutOff(claim, reply, reason)
                    : outcomes.judged(claim, reply, judged(prepared, reply, control));
        } finally {
            alarm.cancel();
        }
    }

    /** What has been paid for is kept, whatever goes wrong with it. */
    private static Verdict judged(PreparedCall prepared, ProviderReply reply, ActiveCall control) {
        try {
            return prepared.judge(reply, control);
        } catch (Throwable e) { // of the library's own, or of the machine
            LOG.error("judging the reply of {} broke", control.attempt(), e);
            var failure = GenerationFailure.of(
                    FailureKind.UNKNOWN, "the attempt broke: " + e.getClass().getName());
            return new Verdict.Failed(failure, reply instanceof Completed completed ? completed.text() : null);
        }
    }

    private void announceStart(Claim claim) {
        var slot = EventDispatcher.slot(claim.task().row());
        events.announce(new GenerationEvent.Started(slot, claim.attempt()));
        if (claim.attempt() > 1) {
            events.announce(new GenerationEvent.Restarted(slot, claim.attempt()));
        }
    }
}
