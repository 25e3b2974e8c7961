package dev.reprise.attempt;

import dev.reprise.codec.Handover;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationResult;
import dev.reprise.provider.ProviderReply.Again.Cause;
import org.jspecify.annotations.Nullable;

/** What an attempt's reply means for its work. */
public sealed interface Verdict {

    /**
     * The work is done.
     *
     * @param result what it brought
     */
    record Succeeded(GenerationResult result) implements Verdict {}

    /**
     * The attempt failed; the schedule says whether there is another.
     *
     * @param failure why
     * @param text what had arrived, or null
     */
    record Failed(GenerationFailure failure, @Nullable String text) implements Verdict {}

    /**
     * The attempt was cut off while its complete answer was being processed.
     *
     * @param failure what it fails with when its time was up
     * @param text the answer
     */
    record CutOff(GenerationFailure failure, String text) implements Verdict {}

    /**
     * The call is to be made once more at once, which the schedule does not count.
     *
     * @param cause why
     * @param handover what the next attempt is given
     * @param failure what the work fails with when it has been made once more too often
     */
    record Repeat(Cause cause, Handover handover, GenerationFailure failure) implements Verdict {}
}
