package dev.reprise.store;

import dev.reprise.generation.TaskState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a runner wants stored about one claim.
 *
 * @param ref the task and the claim's epoch
 * @param nonce unique to this outcome, so that an outcome whose commit's answer was lost is recognised when it is stored
 *     again; at most 64 characters
 * @param attempt how the attempt ended, or null when no call was made
 * @param next what becomes of the task
 */
public record TaskOutcome(
        TaskRef ref, String nonce, @Nullable AttemptReport attempt, Next next) {

    /** What becomes of a task after a claim. */
    public sealed interface Next {

        /**
         * It ends.
         *
         * @param state SUCCEEDED, FAILED or CANCELLED
         * @param result its payload; opaque to the store
         * @param failure what it FAILED with, or null
         */
        record Finish(
                TaskState state, Payload result, @Nullable FailureSummary failure) implements Next {}

        /**
         * It is tried again. Without an attempt (the call was not admitted) the claim's attempt number is returned.
         *
         * @param delay the wait, counted from the commit on the store's clock; zero makes it READY at once
         * @param handover what to give to the next attempt, or null
         */
        record Retry(Duration delay, @Nullable String handover) implements Next {}

        /**
         * Nobody here can run it. The claim's attempt number is returned.
         *
         * @param reason why
         */
        record Park(StateReason reason) implements Next {}
    }
}
