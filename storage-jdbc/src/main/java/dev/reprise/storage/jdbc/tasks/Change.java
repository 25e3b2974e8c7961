package dev.reprise.storage.jdbc.tasks;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Payload;
import dev.reprise.store.rules.Step;
import org.jspecify.annotations.Nullable;

/**
 * A change of a locked task: the one write that its row gets, and what is written beside it.
 *
 * @param task the task as it was
 * @param step what becomes of it
 * @param attempt how its attempt has ended, or null when none has
 * @param result its result, or null
 */
record Change(
        LockedTask task,
        Step step,
        @Nullable AttemptEnd attempt,
        @Nullable Payload result) {

    /** A change that no runner reports; an attempt under way is closed as the step says. */
    static Change of(LockedTask task, Step step) {
        var closes = step.closes();
        return new Change(
                task, step, closes == null ? null : new AttemptEnd(closes, null, Usage.NONE, null, null, null), null);
    }

    /**
     * How an attempt has ended.
     *
     * @param outcome how
     * @param nonce the outcome that says so, or null when its runner has not told
     * @param usage what it spent
     * @param failure what it failed with, or null
     * @param detail its payload, or null
     * @param delay milliseconds until the next, or null
     */
    record AttemptEnd(
            AttemptOutcome outcome,
            @Nullable String nonce,
            Usage usage,
            @Nullable FailureSummary failure,
            @Nullable Payload detail,
            @Nullable Long delay) {

        static AttemptEnd of(AttemptReport report, String nonce, @Nullable Long delay) {
            return new AttemptEnd(report.outcome(), nonce, report.usage(), report.failure(), report.detail(), delay);
        }
    }
}
