package dev.reprise.testkit.store;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Payload;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRef;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Outcomes to store, written in one line, each with a nonce of its own. */
final class Outcomes {

    /** What every attempt here spends. */
    static final Usage SPENT = new Usage(7, 11, 3, 2, 5);

    /** What everything fails with here that an outcome fails. */
    static final FailureSummary OVERLOADED = new FailureSummary(FailureKind.OVERLOADED, Blame.PROVIDER, 529);

    private static final AtomicLong NONCES = new AtomicLong();

    private Outcomes() {}

    static TaskOutcome succeeded(TaskRef ref) {
        return finish(ref, TaskState.SUCCEEDED, AttemptOutcome.SUCCEEDED, Counted.NOTHING);
    }

    static TaskOutcome failed(TaskRef ref) {
        return finish(ref, TaskState.FAILED, AttemptOutcome.FAILED, Counted.FAILURE);
    }

    static TaskOutcome cancelled(TaskRef ref) {
        return finish(ref, TaskState.CANCELLED, AttemptOutcome.CANCELLED, Counted.NOTHING);
    }

    static TaskOutcome ended(TaskRef ref, TaskState state) {
        return switch (state) {
            case SUCCEEDED -> succeeded(ref);
            case FAILED -> failed(ref);
            case CANCELLED -> cancelled(ref);
            default -> throw new IllegalArgumentException("no end: " + state);
        };
    }

    /** An end without a call. */
    static TaskOutcome failedUnsent(TaskRef ref) {
        return new TaskOutcome(ref, nonce(), null, new Next.Finish(TaskState.FAILED, result(ref), OVERLOADED));
    }

    /** One that no store can ever hold, since no outcome ends a task so; the call it is about was made. */
    static TaskOutcome unstorable(TaskRef ref) {
        return finish(ref, TaskState.SKIPPED, AttemptOutcome.SUCCEEDED, Counted.NOTHING);
    }

    static TaskOutcome retry(TaskRef ref, Duration delay) {
        return retry(ref, delay, Counted.FAILURE, null);
    }

    static TaskOutcome retry(TaskRef ref, Duration delay, Counted counted, @Nullable String handover) {
        return new TaskOutcome(
                ref, nonce(), report(ref, AttemptOutcome.FAILED, counted), new Next.Retry(delay, handover));
    }

    static TaskOutcome parked(TaskRef ref, StateReason reason) {
        return new TaskOutcome(ref, nonce(), null, new Next.Park(reason));
    }

    /** The payload of a task's end. */
    static Payload result(TaskRef ref) {
        return Draft.bytes("result of " + ref.id() + " under " + ref.epoch());
    }

    /** The payload of an attempt. */
    static Payload detail(TaskRef ref) {
        return Draft.bytes("detail of " + ref.id() + " under " + ref.epoch());
    }

    static String nonce() {
        return "nonce-" + NONCES.incrementAndGet();
    }

    static TaskOutcome finish(TaskRef ref, TaskState state, AttemptOutcome outcome, Counted counted) {
        return new TaskOutcome(
                ref,
                nonce(),
                report(ref, outcome, counted),
                new Next.Finish(state, result(ref), state == TaskState.FAILED ? OVERLOADED : null));
    }

    /** The same outcome with another usage. */
    static TaskOutcome spending(TaskOutcome outcome, Usage usage) {
        var attempt = outcome.attempt();
        return attempt == null
                ? outcome
                : new TaskOutcome(
                        outcome.ref(),
                        outcome.nonce(),
                        new AttemptReport(
                                attempt.outcome(), attempt.counted(), usage, attempt.failure(), attempt.detail()),
                        outcome.next());
    }

    private static AttemptReport report(TaskRef ref, AttemptOutcome outcome, Counted counted) {
        return new AttemptReport(
                outcome, counted, SPENT, outcome == AttemptOutcome.FAILED ? OVERLOADED : null, detail(ref));
    }
}
