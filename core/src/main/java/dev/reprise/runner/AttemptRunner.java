package dev.reprise.runner;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.Guard.Permit;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.StopRules;
import dev.reprise.store.Reasons;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the provider call of a claimed task and turns whatever comes of it into an outcome. Never throws. */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

    private final Registry registry;
    private final EngineSettings settings;
    private final TimeSource time;
    private final Announcer announcer;
    private final OutcomeMaker outcomes;
    private final Admissions admissions;

    AttemptRunner(
            Registry registry, EngineSettings settings, TimeSource time, Announcer announcer, OutcomeMaker outcomes) {
        this.registry = registry;
        this.settings = settings;
        this.time = time;
        this.announcer = announcer;
        this.outcomes = outcomes;
        this.admissions = new Admissions(settings.guard(), time);
    }

    /** Runs one attempt to its end, whatever happens; the outcome is still to be stored. */
    OutcomeQueue.Entry run(Claim claim) {
        try {
            return attempt(claim);
        } catch (RuntimeException | Error e) {
            LOG.error("task {} broke its attempt", claim.ref().id(), e);
            return outcomes.broken(claim, e);
        }
    }

    private OutcomeQueue.Entry attempt(Claim claim) {
        StoredRequest stored;
        try {
            stored = RequestCodec.decode(claim.task().request());
        } catch (RuntimeException e) {
            LOG.warn(
                    "task {} is parked: its payload cannot be read: {}",
                    claim.ref().id(),
                    e.toString());
            return outcomes.park(claim, Reasons.UNREADABLE);
        }
        var labels = claim.task().row().labels();
        var provider = registry.provider(labels.provider());
        if (provider == null) {
            LOG.warn(
                    "task {} is parked: nobody here knows provider {}",
                    claim.ref().id(),
                    labels.provider());
            return outcomes.park(claim, Reasons.UNKNOWN_PROVIDER + labels.provider());
        }
        if (labels.processor() != null && registry.processor(labels.processor()) == null) {
            LOG.warn(
                    "task {} is parked: nobody here knows processor {}",
                    claim.ref().id(),
                    labels.processor());
            return outcomes.park(claim, Reasons.UNKNOWN_PROCESSOR + labels.processor());
        }
        var left = outcomes.untilDeadline(claim);
        if (left != null && (left.isNegative() || left.isZero())) {
            return outcomes.deadlinePassed(claim);
        }
        var admission = admissions.admit(labels.provider(), labels.model());
        if (admission instanceof Admission.Later later) {
            return outcomes.putOff(claim, later.delay());
        }
        return call(claim, stored, provider, left, ((Admission.Admitted) admission).permit());
    }

    private OutcomeQueue.Entry call(
            Claim claim, StoredRequest stored, Provider provider, @Nullable Duration untilDeadline, Permit permit) {
        var plan = plan(claim, stored, provider);
        var attemptTimeout = Objects.requireNonNullElse(
                stored.request().attemptTimeout(), settings.limits().attempt());
        boolean deadlineFirst = untilDeadline != null && untilDeadline.compareTo(attemptTimeout) <= 0;
        var timeout = deadlineFirst ? Objects.requireNonNull(untilDeadline) : attemptTimeout;
        announceStart(claim);
        claim.call().limit(timeout, settings.limits().idle());
        var reason = deadlineFirst ? ActiveCall.Cut.DEADLINE : ActiveCall.Cut.TIMEOUT;
        var alarm = time.schedule(timeout, () -> claim.call().cut(reason));
        ProviderReply reply = null;
        try {
            reply = reply(claim, stored, provider, plan);
        } finally {
            alarm.cancel();
            permit.done(reply);
            Thread.interrupted(); // no interrupt of this call's may reach an output processor or the thread's next work
        }
        var judged = reply instanceof Completed completed ? StopRules.apply(completed) : reply;
        return outcomes.of(claim, stored, judged, plan.diversity());
    }

    private static ProviderReply reply(Claim claim, StoredRequest stored, Provider provider, CallPlan plan) {
        try {
            return claim.call().cancelled()
                    ? unsent(stored, FailureKind.CANCELLED, "cut off before it was sent")
                    : provider.call(plan.request(), claim.call());
        } catch (InterruptedException e) {
            // Nobody here interrupts calls: either it was cut off as well, which decides, or it is the app's own doing.
            // That ends the generation: made again at once and uncounted, it might go on for ever.
            Thread.currentThread().interrupt();
            return unsent(stored, FailureKind.CANCELLED, "interrupted");
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn(
                    "provider {} threw on task {}", provider.name(), claim.ref().id(), e);
            return unsent(
                    stored,
                    FailureKind.UNKNOWN,
                    "the provider threw " + e.getClass().getName());
        }
    }

    private CallPlan plan(Claim claim, StoredRequest stored, Provider provider) {
        var index = claim.task().row().placement().position();
        return CallPlan.of(stored, index, claim.task().carry(), provider, settings.diversity());
    }

    private void announceStart(Claim claim) {
        var row = claim.task().row();
        int number = row.counters().attempts();
        var slot = slot(claim);
        announcer.announce(new GenerationEvent.Started(slot, number));
        if (number > 1) {
            announcer.announce(new GenerationEvent.Restarted(slot, number));
        }
    }

    static GenerationEvent.Slot slot(Claim claim) {
        var placement = claim.task().row().placement();
        return new GenerationEvent.Slot(claim.ref().id(), placement.batch(), placement.position());
    }

    private static Failed unsent(StoredRequest stored, FailureKind kind, String message) {
        var model = Objects.requireNonNullElse(stored.request().model(), "");
        var exchange = new Exchange(null, Usage.NONE, new Sent(model, Map.of(), null));
        return new Failed(GenerationFailure.of(kind, message), null, exchange);
    }
}
