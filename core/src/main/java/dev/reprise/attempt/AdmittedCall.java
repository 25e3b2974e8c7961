package dev.reprise.attempt;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Usage;
import dev.reprise.provider.Guard.Permit;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call that has been admitted, and gives its permit back whatever becomes of it. */
public final class AdmittedCall {

    private static final Logger LOG = LoggerFactory.getLogger(AdmittedCall.class);

    private AdmittedCall() {}

    /** The reply; what the call throws is a failure. Leaves the thread without an interrupt. */
    public static ProviderReply make(PreparedCall prepared, ActiveCall control, Permit permit) {
        ProviderReply reply = null;
        try {
            reply = reply(prepared, control);
            return reply;
        } finally {
            giveBack(permit, reply);
            Thread.interrupted(); // no interrupt of this call's may reach an output processor or the thread's next work
        }
    }

    private static void giveBack(Permit permit, @Nullable ProviderReply reply) {
        try {
            permit.done(reply);
        } catch (Throwable e) { // the reply has been paid for
            LOG.warn("a guard failed on what became of a call", e);
        }
    }

    private static ProviderReply reply(PreparedCall prepared, ActiveCall control) {
        try {
            return control.cancelled()
                    ? failed(prepared, FailureKind.CANCELLED, "cut off before it was sent")
                    : prepared.call(control);
        } catch (InterruptedException e) {
            // Nobody here interrupts calls: either it was cut off as well, which decides, or it is the app's own doing.
            // That ends the work: made again at once and uncounted, it might go on for ever.
            Thread.currentThread().interrupt();
            return failed(prepared, FailureKind.CANCELLED, "interrupted");
        } catch (Exception | LinkageError | AssertionError e) { // it may throw what it does not declare
            LOG.warn("the call of {} threw", named(control), e);
            // Its class alone: what it says may hold anything, and the failure is kept.
            return failed(
                    prepared,
                    FailureKind.UNKNOWN,
                    "the call threw " + e.getClass().getName());
        }
    }

    private static String named(ActiveCall control) {
        var attempt = control.attempt();
        return attempt == null ? "a preview" : "generation " + attempt.generation();
    }

    private static Failed failed(PreparedCall prepared, FailureKind kind, String message) {
        return new Failed(
                GenerationFailure.of(kind, message), null, new Exchange(null, Usage.NONE, prepared.planned()));
    }
}
