package dev.reprise.storage.memory;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Usage;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.AttemptRow;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a claim ended.
 *
 * @param epoch the claim
 * @param runner who had it
 * @param nonce the outcome that closed it, or null while only others have: a cancellation or the reaper
 * @param late whether the outcome came after the task had moved on
 * @param attempt what is shown of it, or null when no call was made
 */
record EndedClaim(
        long epoch,
        RunnerId runner,
        @Nullable String nonce,
        boolean late,
        @Nullable AttemptRow attempt) {

    /** The present claim of a task, ended by its runner's outcome. */
    static EndedClaim settled(
            Task task,
            RunnerEntry runner,
            String nonce,
            @Nullable AttemptReport report,
            @Nullable Duration delay,
            Instant now) {
        var attempt = report == null
                ? null
                : new AttemptRow(
                        task.run(),
                        task.epoch(),
                        task.counters().attempts(),
                        report.outcome(),
                        task.claimedAt(),
                        now,
                        delay,
                        report.usage(),
                        report.detail());
        return new EndedClaim(task.epoch(), runner.id(), nonce, false, attempt);
    }

    /** The present claim of a task, ended by somebody else: nobody knows yet what it spent. */
    static EndedClaim taken(Task task, RunnerEntry runner, AttemptOutcome outcome, Instant now) {
        var attempt = new AttemptRow(
                task.run(),
                task.epoch(),
                task.counters().attempts(),
                outcome,
                task.claimedAt(),
                now,
                null,
                Usage.NONE,
                null);
        return new EndedClaim(task.epoch(), runner.id(), null, false, attempt);
    }

    /** This claim, closed by its runner after the task had moved on: what it spent is known then. */
    EndedClaim closedLate(String by, AttemptReport report, boolean erased, Instant now) {
        if (attempt == null) {
            return this;
        }
        var outcome = attempt.outcome() == AttemptOutcome.CANCELLED ? AttemptOutcome.CANCELLED : AttemptOutcome.LATE;
        var closed = new AttemptRow(
                attempt.run(),
                attempt.epoch(),
                attempt.number(),
                outcome,
                attempt.startedAt(),
                now,
                null,
                report.usage(),
                erased ? null : report.detail());
        return new EndedClaim(epoch, runner, by, true, closed);
    }

    /** This without the attempt's payload. */
    EndedClaim erased() {
        if (attempt == null) {
            return this;
        }
        var bare = new AttemptRow(
                attempt.run(),
                attempt.epoch(),
                attempt.number(),
                attempt.outcome(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.delay(),
                attempt.usage(),
                null);
        return new EndedClaim(epoch, runner, nonce, late, bare);
    }

    Stream<AttemptRow> attempts() {
        return Stream.ofNullable(attempt);
    }
}
