package dev.reprise.store.rules;

import static dev.reprise.store.rules.Facts.COUNTERS;
import static dev.reprise.store.rules.Facts.LIMITED;
import static dev.reprise.store.rules.Facts.NOW;
import static dev.reprise.store.rules.Facts.PAUSED;
import static dev.reprise.store.rules.Facts.STOPPED;
import static dev.reprise.store.rules.Facts.at;
import static dev.reprise.store.rules.Facts.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Payload;
import dev.reprise.store.Reason;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRef;
import dev.reprise.store.rules.OutcomeRules.Late;
import dev.reprise.store.rules.OutcomeRules.LateClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outcome does to its task, and what is kept of one that comes too late. */
class OutcomeRulesTest {

    private static final Payload RESULT = Payload.of(new byte[] {1});
    private static final FailureSummary REFUSED = new FailureSummary(FailureKind.REFUSED, Blame.CONTENT, 200);
    private static final Next SUCCESS = new Next.Finish(TaskState.SUCCEEDED, RESULT, null);
    private static final Next CANCEL = new Next.Finish(TaskState.CANCELLED, RESULT, null);
    private static final Next PARK = new Next.Park(Reason.UNKNOWN_PROVIDER.of("acme"));

    private static Next.Retry retry(Duration delay) {
        return new Next.Retry(delay, "left");
    }

    /** An outcome under epoch 4. */
    private static TaskOutcome outcome(Next next, @Nullable AttemptOutcome ended, Counted counted) {
        var report = ended == null ? null : new AttemptReport(ended, counted, Usage.of(1, 2), null, null);
        return new TaskOutcome(new TaskRef(new GenerationId("task"), 4), "nonce", report, next);
    }

    private static TaskOutcome failing(Next next) {
        return outcome(next, AttemptOutcome.FAILED, Counted.FAILURE);
    }

    // Outcomes that hold the fence.

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "UPLOADING"})
    void taskEndsAsItsOutcomeSays(String place) {
        var success =
                OutcomeRules.stored(at(place).get(), outcome(SUCCESS, AttemptOutcome.SUCCEEDED, Counted.NOTHING), NOW);
        assertThat(success)
                .isEqualTo(new Step(TaskState.SUCCEEDED, null, null, 3, COUNTERS, 0, null, Handover.NONE, null));

        var failure =
                OutcomeRules.stored(at(place).get(), failing(new Next.Finish(TaskState.FAILED, RESULT, REFUSED)), NOW);
        assertThat(failure)
                .isEqualTo(new Step(
                        TaskState.FAILED,
                        null,
                        REFUSED,
                        3,
                        COUNTERS.plus(Counted.FAILURE),
                        0,
                        null,
                        Handover.NONE,
                        null));

        assertThat(shown(OutcomeRules.stored(
                        at(place).get(), outcome(CANCEL, AttemptOutcome.CANCELLED, Counted.NOTHING), NOW)))
                .isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void outcomeEndsInThreeStatesOnly(TaskState state) {
        var ends = EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);

        var step = OutcomeRules.stored(at("RUNNING").get(), failing(new Next.Finish(state, RESULT, null)), NOW);

        assertThat(shown(step)).isEqualTo(ends.contains(state) ? state.name() : "-");
    }

    @ParameterizedTest
    @EnumSource(Counted.class)
    void attemptCountsAsItsReportSaysWhateverComesNext(Counted counted) {
        for (Next next : List.of(SUCCESS, retry(Duration.ZERO), PARK)) {
            var step = OutcomeRules.stored(at("RUNNING").get(), outcome(next, AttemptOutcome.FAILED, counted), NOW);

            assertThat(step.counters()).isEqualTo(COUNTERS.plus(counted));
        }
    }

    @Test
    void claimWithoutACallIsNoAttemptWhateverComesNext() {
        for (Next next : List.of(SUCCESS, retry(Duration.ZERO), PARK)) {
            var step = OutcomeRules.stored(at("RUNNING").get(), outcome(next, null, Counted.NOTHING), NOW);

            assertThat(step.counters()).isEqualTo(COUNTERS.handedBack());
        }
    }

    static Stream<Arguments> retries() {
        var minute = Duration.ofMinutes(1);
        return Stream.of(
                Arguments.of(Duration.ZERO, BatchFacts.NONE, "READY"),
                Arguments.of(Duration.ofNanos(999_999), BatchFacts.NONE, "READY"),
                Arguments.of(Duration.ofSeconds(-5), BatchFacts.NONE, "READY"),
                Arguments.of(minute, BatchFacts.NONE, "SCHEDULED +60s"),
                Arguments.of(minute, LIMITED, "SCHEDULED +60s"),
                Arguments.of(Duration.ZERO, LIMITED, "READY"),
                Arguments.of(minute, PAUSED, "HELD paused +60s"),
                Arguments.of(Duration.ZERO, PAUSED, "HELD paused"),
                Arguments.of(minute, STOPPED, "SKIPPED stopped"),
                Arguments.of(Duration.ZERO, STOPPED, "SKIPPED stopped"));
    }

    @ParameterizedTest
    @MethodSource("retries")
    void retryWaitsForItsTimeAndItsBatch(Duration delay, BatchFacts batch, String expected) {
        for (String place : List.of("RUNNING", "UPLOADING")) {
            var step = OutcomeRules.stored(at(place).in(batch).get(), failing(retry(delay)), NOW);

            assertThat(shown(step)).isEqualTo(expected);
            assertThat(step.failure()).isNull();
            assertThat(step.closes()).isNull();
        }
    }

    @Test
    void retryIsDueToTheMillisecondAndNeverAfterTheLastInstantThereIs() {
        assertThat(due(Duration.ofNanos(1_999_999))).isEqualTo(NOW.plusMillis(1));
        assertThat(due(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Instant.ofEpochMilli(Long.MAX_VALUE));
        assertThat(due(Duration.ofDays(200_000_000_000L))).isEqualTo(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private static @Nullable Instant due(Duration delay) {
        return OutcomeRules.stored(at("RUNNING").get(), failing(retry(delay)), NOW)
                .dueAt();
    }

    @Test
    void waitIsKeptInWholeMilliseconds() {
        assertThat(OutcomeRules.delay(retry(Duration.ofNanos(1_999_999)))).isEqualTo(Duration.ofMillis(1));
        assertThat(OutcomeRules.delay(retry(Duration.ZERO))).isEqualTo(Duration.ZERO);
        assertThat(OutcomeRules.delay(retry(Duration.ofSeconds(Long.MAX_VALUE))))
                .isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(OutcomeRules.delay(SUCCESS)).isNull();
        assertThat(OutcomeRules.delay(PARK)).isNull();
    }

    @Test
    void retryLeavesWhatItSaysForTheNextAttempt() {
        var task = at("RUNNING").get();

        assertThat(OutcomeRules.stored(task, failing(retry(Duration.ZERO)), NOW).handover())
                .isEqualTo(new Handover(false, "left"));
        assertThat(OutcomeRules.stored(task, failing(new Next.Retry(Duration.ZERO, null)), NOW)
                        .handover())
                .isEqualTo(Handover.NONE);
        assertThat(OutcomeRules.stored(at("RUNNING").in(STOPPED).get(), failing(retry(Duration.ZERO)), NOW)
                        .handover())
                .as("nothing comes after an end")
                .isEqualTo(Handover.NONE);
    }

    @Test
    void taskIsParkedBeforeItsCallAndNotAfter() {
        var step = OutcomeRules.stored(at("RUNNING").get(), outcome(PARK, null, Counted.NOTHING), NOW);

        assertThat(step.state()).isEqualTo(TaskState.PARKED);
        assertThat(step.reason()).isEqualTo(Reason.UNKNOWN_PROVIDER.of("acme"));
        assertThat(step.handover()).as("what was left waits with it").isEqualTo(Handover.KEPT);
        assertThat(OutcomeRules.stored(at("UPLOADING").get(), outcome(PARK, null, Counted.NOTHING), NOW))
                .isNull();
    }

    @Test
    void taskOfAStoppedBatchIsNotParkedButSkipped() {
        var step = OutcomeRules.stored(at("RUNNING").in(STOPPED).get(), outcome(PARK, null, Counted.NOTHING), NOW);

        assertThat(shown(step)).isEqualTo("SKIPPED stopped");
        assertThat(step.counters()).isEqualTo(COUNTERS.handedBack());
        assertThat(step.handover()).isEqualTo(Handover.NONE);
    }

    @Test
    void outcomeThatCannotBeStoredFailsItsTaskAndItsAttemptCounts() {
        var step = OutcomeRules.unstorable(
                at("RUNNING").get(), outcome(SUCCESS, AttemptOutcome.SUCCEEDED, Counted.NOTHING));
        assertThat(step)
                .isEqualTo(new Step(
                        TaskState.FAILED,
                        Reason.UNSTORABLE.plain(),
                        new FailureSummary(FailureKind.UNSTORABLE, Blame.OPERATOR, null),
                        3,
                        COUNTERS,
                        0,
                        null,
                        Handover.NONE,
                        null));
        assertThat(OutcomeRules.unstorable(at("UPLOADING").get(), failing(SUCCESS))
                        .counters())
                .isEqualTo(COUNTERS.plus(Counted.FAILURE));
        assertThat(OutcomeRules.unstorable(at("RUNNING").get(), outcome(SUCCESS, null, Counted.NOTHING))
                        .counters())
                .isEqualTo(COUNTERS.handedBack());
    }

    @Test
    void endedTaskTakesNoOutcome() {
        assertThatThrownBy(() -> OutcomeRules.stored(at("CANCELLED").get(), failing(SUCCESS), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OutcomeRules.unstorable(at("CANCELLED").get(), failing(SUCCESS)))
                .isInstanceOf(IllegalStateException.class);
    }

    // Outcomes that do not hold the fence; all are under epoch 4 with the nonce "nonce".

    private static Late late(
            String place, long epoch, @Nullable AttemptOutcome closedAs, @Nullable String closedBy, TaskOutcome it) {
        return OutcomeRules.late(new LateClaim(at(place).get(), epoch, closedAs, closedBy), it);
    }

    private static Late answer(OutcomeReceipt receipt, @Nullable AttemptOutcome record) {
        return new Late(receipt, record);
    }

    static Stream<Arguments> attemptsThatCome() {
        var success = AttemptOutcome.SUCCEEDED;
        var late = AttemptOutcome.LATE;
        var cancelled = AttemptOutcome.CANCELLED;
        var unknown = AttemptOutcome.UNKNOWN;
        var fenced = OutcomeReceipt.FENCED;
        return Stream.of(
                // nothing is recorded of the claim: it was handed back, or somebody has it
                Arguments.of("READY", 4, null, null, answer(fenced, late)),
                Arguments.of("SCHEDULED", 4, null, null, answer(fenced, late)),
                Arguments.of("FAILED deadline", 4, null, null, answer(fenced, late)),
                Arguments.of("CANCELLED", 4, null, null, answer(fenced, cancelled)),
                Arguments.of("unknown", 4, null, null, answer(fenced, late)),
                Arguments.of("RUNNING", 4, null, null, answer(fenced, null)),
                Arguments.of("UPLOADING", 4, null, null, answer(fenced, null)),
                Arguments.of("RUNNING", 5, null, null, answer(fenced, late)),
                Arguments.of("CANCELLED", 5, null, null, answer(fenced, cancelled)),
                Arguments.of("SUCCEEDED", 5, null, null, answer(fenced, late)),
                // no such claim was made
                Arguments.of("RUNNING", 3, null, null, answer(fenced, null)),
                Arguments.of("READY", 3, null, null, answer(fenced, null)),
                // its runner was taken for dead, or the app cancelled it: its word is still to come
                Arguments.of("READY", 4, unknown, null, answer(fenced, late)),
                Arguments.of("RUNNING", 5, unknown, null, answer(fenced, late)),
                Arguments.of("CANCELLED", 4, cancelled, null, answer(fenced, cancelled)),
                Arguments.of("CANCELLED", 5, unknown, null, answer(fenced, late)),
                Arguments.of("RUNNING", 5, cancelled, null, answer(fenced, cancelled)),
                // it was stored before, by this outcome or by another
                Arguments.of("SUCCEEDED", 4, success, "nonce", answer(OutcomeReceipt.ALREADY_STORED, null)),
                Arguments.of("RUNNING", 5, success, "nonce", answer(OutcomeReceipt.ALREADY_STORED, null)),
                Arguments.of("SUCCEEDED", 5, late, "nonce", answer(fenced, null)),
                Arguments.of("CANCELLED", 4, cancelled, "nonce", answer(fenced, null)),
                Arguments.of("SUCCEEDED", 4, success, "other", answer(fenced, null)),
                Arguments.of("READY", 4, late, "other", answer(fenced, null)));
    }

    @ParameterizedTest
    @MethodSource("attemptsThatCome")
    void attemptIsRecordedOnceWithWhatItSpent(
            String place, long epoch, @Nullable AttemptOutcome closedAs, @Nullable String closedBy, Late expected) {
        assertThat(late(place, epoch, closedAs, closedBy, outcome(SUCCESS, AttemptOutcome.SUCCEEDED, Counted.NOTHING)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> outcomesWithoutACall() {
        var retry = retry(Duration.ZERO);
        return Stream.of(
                Arguments.of(SUCCESS, List.of("SUCCEEDED")),
                Arguments.of(CANCEL, List.of("CANCELLED")),
                Arguments.of(
                        PARK,
                        List.of(
                                "PARKED unknown_provider",
                                "PARKED unknown_processor",
                                "PARKED unknown_handler",
                                "PARKED unreadable_payload",
                                "PARKED other",
                                "SKIPPED dependency")),
                Arguments.of(
                        retry, List.of("HELD admission", "HELD paused", "SCHEDULED", "READY", "SKIPPED dependency")));
    }

    @ParameterizedTest
    @MethodSource("outcomesWithoutACall")
    void outcomeWithoutACallIsKnownByTheStateItWants(Next next, List<String> wanted) {
        var outcome = outcome(next, null, Counted.NOTHING);
        for (String place : Facts.PLACES) {
            var known = wanted.contains(place) ? OutcomeReceipt.ALREADY_STORED : OutcomeReceipt.FENCED;
            assertThat(late(place, 4, null, null, outcome)).as(place).isEqualTo(answer(known, null));
            assertThat(late(place, 5, null, null, outcome))
                    .as("%s under a later claim", place)
                    .isEqualTo(answer(OutcomeReceipt.FENCED, null));
            assertThat(late(place, 4, AttemptOutcome.UNKNOWN, null, outcome))
                    .as("%s with an attempt", place)
                    .isEqualTo(answer(OutcomeReceipt.FENCED, null));
        }
    }

    @Test
    void outcomeThatCouldNotBeStoredIsToldSoAgain() {
        var place = "FAILED unstorable";
        var success = outcome(SUCCESS, AttemptOutcome.SUCCEEDED, Counted.NOTHING);
        var unsent = outcome(SUCCESS, null, Counted.NOTHING);
        var told = answer(OutcomeReceipt.UNSTORABLE, null);

        assertThat(late(place, 4, AttemptOutcome.SUCCEEDED, "nonce", success)).isEqualTo(told);
        assertThat(late(place, 4, null, null, unsent)).isEqualTo(told);
        assertThat(late(place, 4, AttemptOutcome.SUCCEEDED, "other", success))
                .isEqualTo(answer(OutcomeReceipt.FENCED, null));
        assertThat(late(place, 5, AttemptOutcome.FAILED, "nonce", success))
                .as("of an earlier claim")
                .isEqualTo(answer(OutcomeReceipt.FENCED, null));
        assertThat(late("READY", 4, AttemptOutcome.FAILED, "nonce", success))
                .isEqualTo(answer(OutcomeReceipt.FENCED, null));
        assertThat(late("READY unstorable", 4, AttemptOutcome.FAILED, "nonce", success))
                .as("a reason of another state")
                .isEqualTo(answer(OutcomeReceipt.FENCED, null));
        assertThat(late("FAILED", 4, null, null, unsent)).isEqualTo(answer(OutcomeReceipt.FENCED, null));
        assertThat(late("FAILED deadline", 4, null, null, unsent)).isEqualTo(answer(OutcomeReceipt.FENCED, null));
    }

    @Test
    void nonceThatCannotBeStoredIsKnownByWhatIsLeftOfIt() {
        var long64 = "n".repeat(64);
        assertThat(OutcomeRules.storableNonce("plain")).isEqualTo("plain");
        assertThat(OutcomeRules.storableNonce("no\0nce\0")).isEqualTo("nonce");
        assertThat(OutcomeRules.storableNonce(long64 + "more")).isEqualTo(long64);
        assertThat(OutcomeRules.storableNonce("\0" + long64)).isEqualTo(long64);

        var outcome = new TaskOutcome(
                new TaskRef(new GenerationId("task"), 4),
                "non\0ce",
                new AttemptReport(AttemptOutcome.SUCCEEDED, Counted.NOTHING, Usage.NONE, null, null),
                SUCCESS);
        assertThat(late("FAILED unstorable", 4, AttemptOutcome.SUCCEEDED, "nonce", outcome))
                .isEqualTo(answer(OutcomeReceipt.UNSTORABLE, null));
    }

    @Test
    void countersOfAClaimNeverGoBelowNothing() {
        var step = OutcomeRules.stored(
                at("RUNNING").counters(Counters.NONE.claimed()).get(), outcome(PARK, null, Counted.NOTHING), NOW);

        assertThat(step.counters()).isEqualTo(Counters.NONE);
    }
}
