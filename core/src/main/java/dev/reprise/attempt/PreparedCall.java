package dev.reprise.attempt;

import dev.reprise.generation.Sent;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.Guard;
import dev.reprise.provider.ProviderReply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call that is ready to be made, and how its reply is judged. Made once, on one thread. */
public interface PreparedCall {

    /** Asks for admission, which is this call's alone: no other may be made with it. */
    Guard.Admission admit(Guard guard);

    /** The limit for this call, or null for the client's. */
    @Nullable
    Duration timeout();

    /** What is to be sent, as far as can be told beforehand: shown when no reply comes that could tell it. */
    Sent planned();

    /**
     * Makes the call. An answer that is no success counts as the failure it is.
     *
     * @throws InterruptedException when the thread is interrupted, which ends the call
     */
    ProviderReply call(CallControl control) throws InterruptedException;

    /**
     * What the reply means; that of a call that was cut off is judged only when it is complete all the same.
     *
     * @param control cuts off the judging, too
     */
    Verdict judge(ProviderReply reply, ActiveCall control);
}
