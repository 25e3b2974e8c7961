package dev.reprise.store.rules;

import static dev.reprise.store.rules.Facts.COUNTERS;
import static dev.reprise.store.rules.Facts.LIMITED;
import static dev.reprise.store.rules.Facts.NOW;
import static dev.reprise.store.rules.Facts.PAUSED;
import static dev.reprise.store.rules.Facts.PLACES;
import static dev.reprise.store.rules.Facts.STOPPED;
import static dev.reprise.store.rules.Facts.at;
import static dev.reprise.store.rules.Facts.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.FailureSummary;
import dev.reprise.store.Reason;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from each event for a task, wherever it stands. */
class TaskRulesTest {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final BatchFacts LIMITED_AND_PAUSED = new BatchFacts(2, false, true, false);

    /** The events, each with the places it concerns and what it makes of a task there. */
    @SuppressWarnings("ImmutableEnumChecker") // rules are functions
    private enum Event {
        ADMITTED(facts -> TaskRules.admitted(facts, NOW), "READY", "HELD admission"),
        DUE(facts -> TaskRules.due(facts, NOW), "READY", "SCHEDULED"),
        CLAIMED(TaskRules::claimed, "RUNNING", "READY"),
        HANDED_BACK(facts -> TaskRules.handedBack(facts, NOW), "READY", "RUNNING"),
        RUNNER_DIED(facts -> TaskRules.runnerDied(facts, 3, NOW), "READY", "RUNNING", "UPLOADING"),
        DEADLINE_PASSED(TaskRules::deadlinePassed, "FAILED deadline", waiting()),
        CANCELLED(TaskRules::cancelled, "CANCELLED", Facts.open().toArray(String[]::new)),
        UNREADABLE(TaskRules::unreadable, "PARKED unreadable_payload", "RUNNING"),
        UNPARKED(
                facts -> TaskRules.unparked(facts, NOW),
                "READY",
                "PARKED unknown_provider",
                "PARKED unknown_processor",
                "PARKED unknown_handler"),
        DEPENDENCIES_MET(facts -> TaskRules.dependenciesMet(facts, 0, NOW), "READY", "WAITING"),
        DEPENDENCY_FAILED(TaskRules::dependencyFailed, "SKIPPED dependency", "WAITING"),
        BATCH_STOPPED(TaskRules::batchStopped, "SKIPPED stopped", waiting()),
        PAUSED(TaskRules::paused, "HELD paused", "SCHEDULED", "READY"),
        RESUMED(facts -> TaskRules.resumed(facts, NOW), "READY", "HELD paused"),
        APPROVED(facts -> TaskRules.decided(facts, true), "SUCCEEDED", "AWAITING_DECISION"),
        REJECTED(facts -> TaskRules.decided(facts, false), "FAILED rejected", "AWAITING_DECISION"),
        STARTED_OVER(
                facts -> TaskRules.startedOver(facts, 4, 0, NOW),
                "READY",
                PLACES.stream().filter(place -> !place.equals("unknown")).toArray(String[]::new));

        private final Function<TaskFacts, @Nullable Step> rule;
        private final String result;
        private final List<String> concerns;

        Event(Function<TaskFacts, @Nullable Step> rule, String result, String... concerns) {
            this.rule = rule;
            this.result = result;
            this.concerns = List.of(concerns);
        }

        private static String[] waiting() {
            return Facts.open()
                    .filter(place -> !place.equals("RUNNING") && !place.equals("UPLOADING"))
                    .toArray(String[]::new);
        }

        String of(Facts facts) {
            return shown(rule.apply(facts.get()));
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void eventConcernsATaskWhereItStandsOrNotAtAll(Event event) {
        for (String place : PLACES) {
            assertThat(event.of(at(place)))
                    .as("%s at %s", event, place)
                    .isEqualTo(event.concerns.contains(place) ? event.result : "-");
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void eventLeavesAloneWhatNeedsAHigherLevel(Event event) {
        for (String place : PLACES) {
            assertThat(event.of(at(place).requiredLevel(2)))
                    .as("%s at %s", event, place)
                    .isEqualTo("-");
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void runAndCountersStayButForWhatTheEventIsAbout(Event event) {
        for (String place : event.concerns) {
            var step = event.rule.apply(at(place).openDependencies(0).get());

            assertThat(step.run()).isEqualTo(event == Event.STARTED_OVER ? 4 : 3);
            assertThat(step.counters())
                    .as("%s at %s", event, place)
                    .isEqualTo(
                            switch (event) {
                                case HANDED_BACK, UNREADABLE -> COUNTERS.handedBack();
                                case CLAIMED -> COUNTERS.claimed();
                                case RUNNER_DIED -> COUNTERS.crashed();
                                case STARTED_OVER -> Counters.NONE;
                                default -> COUNTERS;
                            });
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void whatTheLatestAttemptLeftStaysUntilTheEnd(Event event) {
        for (String place : event.concerns) {
            var step = event.rule.apply(at(place).get());

            assertThat(step.handover())
                    .as("%s at %s", event, place)
                    .isEqualTo(step.isEnd() || event == Event.STARTED_OVER ? Handover.NONE : Handover.KEPT);
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void attemptUnderWayIsClosedByWhatTakesItFromItsRunner(Event event) {
        for (String place : event.concerns) {
            boolean leased = place.equals("RUNNING") || place.equals("UPLOADING");

            assertThat(event.rule.apply(at(place).get()).closes())
                    .as("%s at %s", event, place)
                    .isEqualTo(
                            switch (event) {
                                case RUNNER_DIED -> AttemptOutcome.UNKNOWN;
                                case CANCELLED, STARTED_OVER -> leased ? AttemptOutcome.CANCELLED : null;
                                default -> null;
                            });
        }
    }

    @Test
    void failureOfTheStoreHasItsKindAndBlame() {
        assertThat(TaskRules.deadlinePassed(at("READY").get()).failure())
                .isEqualTo(new FailureSummary(FailureKind.DEADLINE, Blame.CALLER, null));
        assertThat(TaskRules.runnerDied(at("RUNNING").failsOnCrash().get(), 9, NOW)
                        .failure())
                .isEqualTo(new FailureSummary(FailureKind.CRASHED, Blame.OPERATOR, null));
        assertThat(TaskRules.decided(at("AWAITING_DECISION").get(), false).failure())
                .isEqualTo(new FailureSummary(FailureKind.CANCELLED, Blame.CALLER, null));
        assertThat(Stream.of(
                                TaskRules.cancelled(at("READY").get()),
                                TaskRules.dependencyFailed(at("WAITING").get()),
                                TaskRules.batchStopped(at("READY").get()),
                                TaskRules.decided(at("AWAITING_DECISION").get(), true))
                        .map(Step::failure))
                .containsOnlyNulls();
    }

    // What may become READY, and what is held, by everything that makes a task wait for its turn only.

    @Test
    void stoppedBatchSkipsWhateverWouldWaitForItsTurn() {
        assertThat(Event.HANDED_BACK.of(at("RUNNING").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.RUNNER_DIED.of(at("UPLOADING").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.UNPARKED.of(at("PARKED unknown_handler").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.RESUMED.of(at("HELD paused").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.STARTED_OVER.of(at("FAILED deadline").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.UNREADABLE.of(at("RUNNING").in(STOPPED))).isEqualTo("SKIPPED stopped");
        assertThat(Event.ADMITTED.of(at("HELD admission").in(STOPPED))).isEqualTo("-");
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").in(STOPPED).awaitsDecision()))
                .isEqualTo("SKIPPED stopped");
        assertThat(Event.HANDED_BACK.of(at("RUNNING").in(new BatchFacts(2, true, true, true))))
                .isEqualTo("SKIPPED stopped");
        assertThat(Event.HANDED_BACK.of(at("RUNNING").in(new BatchFacts(null, true, false, false))))
                .as("a batch that stops on a failure, and has not")
                .isEqualTo("READY");
    }

    @Test
    void nothingOfAPausedBatchBecomesReady() {
        for (BatchFacts batch : List.of(PAUSED, LIMITED_AND_PAUSED)) {
            assertThat(Event.HANDED_BACK.of(at("RUNNING").in(batch))).isEqualTo("HELD paused");
            assertThat(Event.RUNNER_DIED.of(at("RUNNING").in(batch))).isEqualTo("HELD paused");
            assertThat(Event.UNPARKED.of(
                            at("PARKED unknown_provider").due(LATER).in(batch)))
                    .isEqualTo("HELD paused +60s");
            assertThat(Event.UNPARKED.of(at("PARKED unknown_provider").due(NOW).in(batch)))
                    .isEqualTo("HELD paused");
            assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").in(batch))).isEqualTo("HELD paused");
            assertThat(Event.STARTED_OVER.of(at("SUCCEEDED").in(batch))).isEqualTo("HELD paused");
            assertThat(Event.ADMITTED.of(at("HELD admission").in(batch))).isEqualTo("-");
        }
    }

    @Test
    void pauseHoldsWhatCouldBeClaimedAndKeepsItsTime() {
        assertThat(Event.PAUSED.of(at("SCHEDULED").due(LATER).in(PAUSED))).isEqualTo("HELD paused +60s");
        assertThat(Event.PAUSED.of(at("READY").in(LIMITED_AND_PAUSED))).isEqualTo("HELD paused");
    }

    @Test
    void resumedTaskGoesWhereItWouldHaveBeen() {
        assertThat(Event.RESUMED.of(at("HELD paused").due(LATER))).isEqualTo("SCHEDULED +60s");
        assertThat(Event.RESUMED.of(at("HELD paused").due(NOW))).isEqualTo("READY");
        assertThat(Event.RESUMED.of(at("HELD paused").due(LATER).in(LIMITED))).isEqualTo("HELD admission +60s");
        assertThat(Event.RESUMED.of(at("HELD paused").in(LIMITED))).isEqualTo("HELD admission");
    }

    @Test
    void taskThatIsUnderWayKeepsItsPlaceAndAnyOtherQueuesForOne() {
        assertThat(Event.HANDED_BACK.of(at("RUNNING").in(LIMITED))).isEqualTo("READY");
        assertThat(Event.RUNNER_DIED.of(at("RUNNING").in(LIMITED))).isEqualTo("READY");
        assertThat(Event.RUNNER_DIED.of(at("UPLOADING").in(LIMITED))).isEqualTo("READY");
        assertThat(Event.UNPARKED.of(at("PARKED unknown_provider").in(LIMITED))).isEqualTo("HELD admission");
        assertThat(Event.UNPARKED.of(at("PARKED unknown_provider").due(LATER).in(LIMITED)))
                .isEqualTo("HELD admission +60s");
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").in(LIMITED))).isEqualTo("HELD admission");
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").due(LATER).in(LIMITED)))
                .isEqualTo("HELD admission +60s");
        for (String place : Event.STARTED_OVER.concerns) {
            assertThat(Event.STARTED_OVER.of(at(place).in(LIMITED)))
                    .as("started over from %s", place)
                    .isEqualTo("HELD admission");
        }
    }

    @Test
    void admittedTaskIsReadyOrWaitsForItsTime() {
        assertThat(Event.ADMITTED.of(at("HELD admission").in(LIMITED))).isEqualTo("READY");
        assertThat(Event.ADMITTED.of(at("HELD admission").due(NOW).in(LIMITED))).isEqualTo("READY");
        assertThat(Event.ADMITTED.of(at("HELD admission").due(LATER).in(LIMITED)))
                .isEqualTo("SCHEDULED +60s");
    }

    @Test
    void scheduledTaskIsReadyWhenItsTimeHasComeAndKeepsItsPlace() {
        assertThat(Event.DUE.of(at("SCHEDULED").due(NOW))).isEqualTo("READY");
        assertThat(Event.DUE.of(at("SCHEDULED").due(NOW.minusMillis(1)).in(LIMITED)))
                .isEqualTo("READY");
        assertThat(Event.DUE.of(at("SCHEDULED").due(NOW.plusMillis(1)))).isEqualTo("-");
    }

    @Test
    void unparkedTaskIsReadyOrWaitsForItsTime() {
        assertThat(Event.UNPARKED.of(at("PARKED unknown_processor").due(NOW))).isEqualTo("READY");
        assertThat(Event.UNPARKED.of(at("PARKED unknown_processor").due(LATER))).isEqualTo("SCHEDULED +60s");
    }

    @Test
    void whatAPersonDecidesIsNeitherReadyNorHeld() {
        for (BatchFacts batch : List.of(BatchFacts.NONE, LIMITED, PAUSED)) {
            assertThat(Event.DEPENDENCIES_MET.of(
                            at("WAITING").due(LATER).awaitsDecision().in(batch)))
                    .isEqualTo("AWAITING_DECISION");
            assertThat(Event.STARTED_OVER.of(
                            at("FAILED deadline").awaitsDecision().in(batch)))
                    .isEqualTo("AWAITING_DECISION");
        }
    }

    @Test
    void handedBackAndReapedTasksAreDueAtOnce() {
        assertThat(Event.HANDED_BACK.of(at("RUNNING").due(LATER))).isEqualTo("READY");
        assertThat(Event.RUNNER_DIED.of(at("RUNNING").due(LATER))).isEqualTo("READY");
        assertThat(Event.STARTED_OVER.of(at("SCHEDULED").due(LATER))).isEqualTo("READY");
    }

    // Dependencies.

    @Test
    void dependentWaitsForTheLast() {
        assertThat(waiting(3, 1)).isEqualTo("WAITING");
        assertThat(waiting(3, 2)).isEqualTo("WAITING");
        assertThat(waiting(3, 3)).isEqualTo("READY");
        assertThat(waiting(3, 4)).isEqualTo("READY");
        var step = TaskRules.dependenciesMet(
                at("WAITING").openDependencies(3).due(LATER).get(), 1, NOW);
        assertThat(step.openDependencies()).isEqualTo(2);
        assertThat(step.dueAt()).as("its time is kept").isEqualTo(LATER);
        assertThat(TaskRules.dependenciesMet(at("WAITING").openDependencies(1).get(), 1, NOW)
                        .openDependencies())
                .isZero();
    }

    private static String waiting(int open, int met) {
        return shown(
                TaskRules.dependenciesMet(at("WAITING").openDependencies(open).get(), met, NOW));
    }

    @Test
    void delayedDependentIsScheduledWhenItsDependenciesAreMet() {
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").due(LATER))).isEqualTo("SCHEDULED +60s");
        assertThat(Event.DEPENDENCIES_MET.of(at("WAITING").due(NOW))).isEqualTo("READY");
    }

    // Crashes.

    @Test
    void taskFailsWhenAsManyRunnersAsMayHaveDiedOnIt() {
        var once = at("RUNNING").counters(new Counters(5, 2, 1, 0, 0)).get();

        assertThat(shown(TaskRules.runnerDied(once, 1, NOW))).isEqualTo("FAILED crashed");
        assertThat(shown(TaskRules.runnerDied(once, 2, NOW))).isEqualTo("FAILED crashed");
        assertThat(shown(TaskRules.runnerDied(once, 3, NOW))).isEqualTo("READY");
    }

    @Test
    void taskThatMustNotBeSentAgainFailsWithItsRunner() {
        assertThat(shown(TaskRules.runnerDied(at("RUNNING").failsOnCrash().get(), 99, NOW)))
                .isEqualTo("FAILED crashed");
        assertThat(shown(TaskRules.runnerDied(
                        at("RUNNING").failsOnCrash().in(STOPPED).get(), 99, NOW)))
                .as("also in a batch that has stopped")
                .isEqualTo("FAILED crashed");
    }

    // Starting over.

    @Test
    void higherRunBeginsWithNothing() {
        var step = TaskRules.startedOver(at("FAILED deadline").due(LATER).get(), 7, 2, NOW);

        assertThat(step)
                .isEqualTo(new Step(TaskState.WAITING, null, null, 7, Counters.NONE, 2, null, Handover.NONE, null));
    }

    @Test
    void runThatIsNotHigherStartsNothingOver() {
        for (int run = 1; run <= 3; run++) {
            assertThat(TaskRules.startedOver(at("FAILED deadline").get(), run, 0, NOW))
                    .isNull();
        }
    }

    @Test
    void endKeepsNoDueTime() {
        assertThat(TaskRules.cancelled(at("SCHEDULED").due(LATER).get()).dueAt())
                .isNull();
        assertThat(TaskRules.batchStopped(at("SCHEDULED").due(LATER).get()).dueAt())
                .isNull();
    }

    // Batches.

    @Test
    void batchHasRoomForAsManyAsMayBeUnderWay() {
        assertThat(LIMITED.isLimited()).isTrue();
        assertThat(LIMITED.room(0)).isEqualTo(2);
        assertThat(LIMITED.room(1)).isEqualTo(1);
        assertThat(LIMITED.room(2)).isZero();
        assertThat(LIMITED.room(3)).isZero();
        assertThat(BatchFacts.NONE.isLimited()).isFalse();
        assertThat(BatchFacts.NONE.room(1_000)).isEqualTo(Integer.MAX_VALUE);
        assertThat(LIMITED_AND_PAUSED.room(0)).isZero();
        assertThat(PAUSED.room(0)).isZero();
        assertThat(LIMITED.stop().room(0)).isZero();
    }

    @Test
    void stoppedBatchIsTheSameButForThat() {
        assertThat(new BatchFacts(2, true, true, false).stop()).isEqualTo(new BatchFacts(2, true, true, true));
        assertThat(Reason.STOPPED.failure()).isNull();
    }
}
