package dev.reprise.testkit.store.walk;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Payload;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws outcomes of every kind: mostly of what a runner has, and sometimes of what it has not, or no longer. */
final class OutcomeDraw {

    private final Dice dice;
    private final SubmissionDraw submissions;
    private int nonces;

    OutcomeDraw(Dice dice, SubmissionDraw submissions) {
        this.dice = dice;
        this.submissions = submissions;
    }

    /** Outcomes of one runner, of up to three tasks. */
    Outcomes draw(View view) {
        boolean patient = dice.hits(85); // mostly, what a frozen runner has is left for those who look after the dead
        var leased = patient ? view.rows(view::isHeldByOneThatIsThere) : view.leased();
        var task = leased.isEmpty() || dice.hits(8) ? any(view) : dice.of(leased);
        var holder = task == null ? null : view.holder(task);
        var who = holder == null || dice.hits(5) ? Drawn.anybody(dice) : holder;
        var told = new ArrayList<Outcomes.Told>();
        told.add(told(task == null ? dice.of(Names.TASKS) : task.id()));
        leased.stream()
                .filter(row -> !row.equals(task) && who.equals(view.holder(row)) && dice.hits(40))
                .limit(2)
                .forEach(row -> told.add(told(row.id())));
        if (dice.hits(2)) {
            told.add(dice.hits(50) ? dice.of(told) : told(told.get(0).task()));
        }
        return new Outcomes(who, told);
    }

    private @Nullable TaskRow any(View view) {
        var claimed = view.rows(row -> row.status().epoch() > 0);
        return claimed.isEmpty() ? null : dice.of(claimed);
    }

    private Outcomes.Told told(GenerationId task) {
        int back = dice.hits(93) ? 0 : 1 + dice.below(2);
        var nonce = "nonce " + ++nonces;
        int kind = dice.below(100);
        if (kind < 40) {
            return told(task, back, nonce, AttemptOutcome.SUCCEEDED, finish(TaskState.SUCCEEDED, nonce));
        }
        if (kind < 58) {
            return told(task, back, nonce, AttemptOutcome.FAILED, finish(TaskState.FAILED, nonce));
        }
        if (kind < 62) {
            return told(task, back, nonce, AttemptOutcome.CANCELLED, finish(TaskState.CANCELLED, nonce));
        }
        if (kind < 65) {
            return told(task, back, nonce, AttemptOutcome.SUCCEEDED, finish(dice.of(TaskState.values()), nonce));
        }
        if (kind < 86) {
            return told(task, back, nonce, dice.of(AttemptOutcome.FAILED, AttemptOutcome.CANCELLED), retry(nonce));
        }
        var attempt = dice.hits(5) ? report(AttemptOutcome.FAILED, nonce) : null;
        return new Outcomes.Told(task, back, nonce, attempt, new Next.Park(reason()));
    }

    private Outcomes.Told told(GenerationId task, int back, String nonce, AttemptOutcome outcome, Next next) {
        var attempt = dice.hits(90) ? report(outcome, nonce) : null;
        return new Outcomes.Told(task, back, nonce, attempt, next);
    }

    private AttemptReport report(AttemptOutcome outcome, String nonce) {
        return new AttemptReport(
                outcome,
                dice.of(Counted.values()),
                new Usage(1 + dice.below(9), dice.below(9), dice.below(2), dice.below(2), dice.below(3)),
                outcome == AttemptOutcome.FAILED ? failure() : null,
                dice.perhaps(80, () -> payload("detail of " + nonce)));
    }

    private Next finish(TaskState state, String nonce) {
        return new Next.Finish(
                state, payload("result of " + nonce), state == TaskState.FAILED && dice.hits(90) ? failure() : null);
    }

    private Next retry(String nonce) {
        return new Next.Retry(
                dice.hits(40) ? Duration.ZERO : submissions.delay(), dice.perhaps(40, () -> "handover of " + nonce));
    }

    private StateReason reason() {
        return dice.hits(5)
                ? Reason.UNREADABLE.plain()
                : dice.of(List.of(
                        Reason.UNKNOWN_PROVIDER.of(dice.of(Names.PROVIDERS)),
                        Reason.UNKNOWN_PROCESSOR.of(Names.PROCESSOR),
                        Reason.UNKNOWN_HANDLER.of(Names.HANDLER)));
    }

    private FailureSummary failure() {
        var kind = dice.of(FailureKind.RATE_LIMITED, FailureKind.SERVER, FailureKind.REFUSED);
        return new FailureSummary(kind, dice.hits(90) ? kind.blame() : dice.of(Blame.values()), status());
    }

    private @Nullable Integer status() {
        return dice.hits(70) ? dice.of(200, 429, 500) : null;
    }

    private static Payload payload(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
