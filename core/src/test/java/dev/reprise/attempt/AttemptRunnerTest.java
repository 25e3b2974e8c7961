package dev.reprise.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.codec.Handover;
import dev.reprise.codec.OutcomeCodec;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationResult;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.listening.EventDispatcher;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again.Cause;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.retry.RetryJudge;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.runner.RecordingSession;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A kind of work that is no text generation goes through the same steps, and is concluded by the same rules. */
class AttemptRunnerTest {

    private static final Sent SENT = new Sent("", Map.of(), null);
    private static final Usage USAGE = new Usage(1, 2, 0, 0);
    private static final GenerationFailure FAILURE = GenerationFailure.of(FailureKind.SERVER, "no luck");

    private final TimeSource time = TimeSource.system();
    private final EventDispatcher events = new EventDispatcher(List.of(), Runnable::run);
    private int asked;
    private int called;
    private int permits;

    /** A step of the app's own: no provider, no model, and nobody who has to admit it. */
    private final class Step implements PreparedCall {
        private final Verdict verdict;

        Step(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public Admission admit(Guard guard) {
            permits++;
            return new Admission.Admitted(reply -> permits--);
        }

        @Override
        public @Nullable Duration timeout() {
            return null;
        }

        @Override
        public Sent planned() {
            return SENT;
        }

        @Override
        public ProviderReply call(CallControl control) {
            called++;
            return new ProviderReply.Completed("", StopReason.OTHER, null, new Exchange(null, USAGE, SENT));
        }

        @Override
        public Verdict judge(ProviderReply reply, ActiveCall control) {
            assertThat(permits)
                    .as("permits that are out while a reply is judged")
                    .isZero();
            return verdict;
        }
    }

    private TaskOutcome run(AttemptKind kind) {
        var settings = new CallSettings(
                Diversity.off(),
                (provider, model) -> {
                    asked++;
                    return new Admission.Later(Duration.ofSeconds(1));
                },
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        var judge = new RetryJudge(RetrySchedule.delays(Duration.ofSeconds(2)).withJitter(0), new Random(1));
        var outcomes = new OutcomeFactory(judge, time, () -> "nonce", events, new LongWaits(Duration.ofDays(1), time));
        var runner = new AttemptRunner(kind, settings, time, events, outcomes);
        return runner.run(new RecordingSession("runner").claim("step")).outcome();
    }

    private TaskOutcome runStep(Verdict verdict) {
        return run(task -> new Preparation.Ready(new Step(verdict)));
    }

    @Test
    void workThatCannotBeginYetIsGivenBackWithoutAnAttempt() {
        var later = new Next.Retry(Duration.ofSeconds(3), null);

        var outcome = run(task -> new Preparation.NoCall(later));

        assertThat(outcome.next()).isEqualTo(later);
        assertThat(outcome.attempt()).isNull();
        assertThat(called).isZero();
    }

    @Test
    void workThatAsksNobodyForAdmissionIsDoneAtOnce() {
        var result = new GenerationResult("", "done", Map.of(), StopReason.OTHER, null, null, SENT);

        var outcome = runStep(new Verdict.Succeeded(result));

        assertThat(asked).isZero();
        var finish = (Next.Finish) outcome.next();
        assertThat(finish.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(OutcomeCodec.result(finish.result())).isEqualTo(result);
        var report = Objects.requireNonNull(outcome.attempt());
        assertThat(report.outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
        assertThat(report.usage()).isEqualTo(USAGE);
    }

    @Test
    void failureOfAnyWorkIsTheSchedules() {
        var outcome = runStep(new Verdict.Failed(FAILURE, null));

        assertThat(outcome.next()).isEqualTo(new Next.Retry(Duration.ofSeconds(2), null));
        assertThat(Objects.requireNonNull(outcome.attempt()).counted()).isEqualTo(Counted.FAILURE);
    }

    @Test
    void whatWorkNotesForItselfIsGivenToItsNextAttempt() {
        var handover = new Handover(Map.of("polls", "3"), null);

        var outcome = runStep(new Verdict.Repeat(Cause.PAUSED, handover, FAILURE));

        assertThat(outcome.next()).isEqualTo(new Next.Retry(Duration.ZERO, handover.encode()));
        assertThat(Objects.requireNonNull(outcome.attempt()).counted()).isEqualTo(Counted.TURN_CONTINUATION);
    }

    @Test
    void workWhosePreparationBreaksFailsAndSaysWhatBroke() {
        var outcome = run(AttemptRunnerTest::broken);

        var failure = OutcomeCodec.failure(((Next.Finish) outcome.next()).result());
        assertThat(Objects.requireNonNull(failure).message())
                .isEqualTo("the attempt broke: java.lang.IllegalStateException");
    }

    private static Preparation broken(ClaimedTask task) {
        throw new IllegalStateException("secret of " + task.row().id());
    }
}
