package dev.reprise.store.rules;

import static dev.reprise.store.rules.Facts.NOW;
import static dev.reprise.store.rules.Facts.shown;
import static dev.reprise.store.rules.Tasks.after;
import static dev.reprise.store.rules.Tasks.alone;
import static dev.reprise.store.rules.Tasks.awaitingDecision;
import static dev.reprise.store.rules.Tasks.batch;
import static dev.reprise.store.rules.Tasks.childOf;
import static dev.reprise.store.rules.Tasks.failsOnCrash;
import static dev.reprise.store.rules.Tasks.id;
import static dev.reprise.store.rules.Tasks.once;
import static dev.reprise.store.rules.Tasks.ranked;
import static dev.reprise.store.rules.Tasks.task;
import static dev.reprise.store.rules.Tasks.timed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.Submission;
import dev.reprise.store.rules.SubmissionRules.Verdict;
import dev.reprise.store.rules.Tasks.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which state the tasks of a submission begin, and which of them are claimed at once. */
class BirthRulesTest {

    private static final Known NOTHING = new Known();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static List<Birth> births(Submission submission, Known known, int claim) {
        var verdict = (Verdict.Fresh) SubmissionRules.judge(submission, known.get());
        return BirthRules.births(submission, verdict, known.get(), claim, NOW);
    }

    /** As {@code "a READY"}, in the order offered. */
    private static List<String> begin(Submission submission, Known known) {
        return births(submission, known, 0).stream()
                .map(birth -> birth.task().id() + " " + shown(birth.step()))
                .toList();
    }

    private static List<String> claimed(Submission submission, int claim) {
        return births(submission, NOTHING, claim).stream()
                .filter(Birth::claimed)
                .map(birth -> birth.task().id().value())
                .toList();
    }

    @Test
    void taskBeginsItsFirstRunWithNothing() {
        var birth = births(alone(task("a")), NOTHING, 0).get(0);

        assertThat(birth)
                .isEqualTo(new Birth(
                        task("a"),
                        task("a").placement(),
                        List.of(),
                        new Step(TaskState.READY, null, null, 1, Counters.NONE, 0, null, Handover.NONE, null),
                        null,
                        false));
    }

    @Test
    void birthSaysWhetherTheTaskFailsWithItsRunner() {
        var birth = births(alone(task("a"), failsOnCrash(task("b"))), NOTHING, 0);

        assertThat(birth).extracting(Birth::failsOnCrash).containsExactly(false, true);
    }

    @Test
    void delayedTaskIsScheduled() {
        assertThat(begin(
                        alone(
                                timed(task("a"), MINUTE, null),
                                timed(task("b"), Duration.ofNanos(999_999), null),
                                timed(task("c"), Duration.ofSeconds(-1), null),
                                timed(task("d"), Duration.ofMillis(1), null)),
                        NOTHING))
                .containsExactly("a SCHEDULED +60s", "b READY", "c READY", "d SCHEDULED +0s");
    }

    @Test
    void deadlineIsCountedFromTheBirth() {
        var births = births(
                alone(
                        timed(task("a"), MINUTE, Duration.ofHours(1)),
                        timed(task("b"), Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE)),
                        timed(task("c"), Duration.ofNanos(1_500_000), Duration.ofNanos(2_500_000))),
                NOTHING,
                0);

        assertThat(births)
                .extracting(Birth::deadlineAt)
                .containsExactly(NOW.plusSeconds(3600), Instant.ofEpochMilli(Long.MAX_VALUE), NOW.plusMillis(2));
        assertThat(births.get(2).step().dueAt()).isEqualTo(NOW.plusMillis(1));
    }

    @Test
    void dependentWaitsAndKeepsItsTime() {
        var births =
                births(alone(task("a"), task("b"), timed(after(task("c"), "a", "b", "a"), MINUTE, null)), NOTHING, 0);

        assertThat(shown(births.get(2).step())).isEqualTo("WAITING +60s");
        assertThat(births.get(2).step().openDependencies()).as("each once").isEqualTo(2);
        assertThat(births.get(2).dependsOn()).containsExactly(id("a"), id("b"));
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void dependencyStoredBeforeIsOpenMetOrHopeless(TaskState state) {
        var expected = switch (state) {
            case SUCCEEDED -> "READY";
            case FAILED, CANCELLED, SKIPPED -> "SKIPPED dependency";
            default -> "WAITING";
        };

        assertThat(begin(alone(after(task("a"), "stored")), new Known().task("stored", state)))
                .containsExactly("a " + expected);
        assertThat(begin(alone(after(task("a"), "stored")), new Known().deleted("stored", state)))
                .as("what has been deleted never succeeds")
                .containsExactly("a SKIPPED dependency");
    }

    @Test
    void dependencyInAStateOfANewerVersionIsOpen() {
        assertThat(begin(alone(after(task("a"), "stored")), new Known().task("stored", null)))
                .containsExactly("a WAITING");
    }

    @Test
    void whatDependsOnTheHopelessIsSkippedHoweverFar() {
        var known = new Known().task("failed", TaskState.FAILED).task("done", TaskState.SUCCEEDED);

        assertThat(begin(
                        batch(
                                after(task("d"), "c", "free"),
                                after(task("c"), "b"),
                                after(task("b"), "failed"),
                                task("free"),
                                after(task("e"), "free", "done"),
                                after(task("f"), "done")),
                        known))
                .containsExactly(
                        "d SKIPPED dependency",
                        "c SKIPPED dependency",
                        "b SKIPPED dependency",
                        "free READY",
                        "e WAITING",
                        "f READY");
        var e = births(batch(task("free"), after(task("e"), "free", "done")), known, 0)
                .get(1);
        assertThat(e.step().openDependencies()).as("those that are open only").isEqualTo(1);
        assertThat(e.dependsOn()).containsExactly(id("free"), id("done"));
    }

    @Test
    void whatStandsInThePlaceOfAnOfferedTaskIsReferredTo() {
        var known = new Known().key("key", "stored");
        var births = births(
                alone(
                        once(task("a"), "key", "hash"),
                        childOf(after(task("b"), "a", "stored"), "a"),
                        childOf(task("c"), "b")),
                known,
                0);

        assertThat(births).extracting(birth -> birth.task().id()).containsExactly(id("b"), id("c"));
        assertThat(births.get(0).dependsOn()).containsExactly(id("stored"));
        assertThat(births.get(0).step().openDependencies()).isEqualTo(1);
        assertThat(births.get(0).placement().parent()).isEqualTo(id("stored"));
        assertThat(births.get(1).placement().parent()).isEqualTo(id("b"));
    }

    @Test
    void taskThatAPersonDecidesAwaitsItWhenNothingElseIsOpen() {
        assertThat(begin(
                        batch(
                                1,
                                timed(awaitingDecision(task("a")), MINUTE, null),
                                after(awaitingDecision(task("b")), "a"),
                                task("c")),
                        NOTHING))
                .containsExactly("a AWAITING_DECISION", "b WAITING", "c READY");
    }

    @Test
    void limitedBatchAdmitsByPriorityThenPosition() {
        assertThat(begin(
                        batch(
                                3,
                                task("a"),
                                ranked(task("b"), 1, 1),
                                after(task("c"), "a"),
                                timed(ranked(task("d"), 2, 1), MINUTE, null),
                                task("e")),
                        NOTHING))
                .containsExactly("a READY", "b READY", "c WAITING", "d SCHEDULED +60s", "e HELD admission");
        assertThat(begin(batch(1, timed(task("a"), MINUTE, null), timed(task("b"), MINUTE, null)), NOTHING))
                .containsExactly("a SCHEDULED +60s", "b HELD admission +60s");
    }

    @Test
    void runnerClaimsInTheOrderOfClaims() {
        var submission = alone(task("z"), task("b"), ranked(task("y"), 5, 1), task("a"), ranked(task("low"), -1, 1));

        assertThat(claimed(submission, 0)).isEmpty();
        assertThat(claimed(submission, 1)).containsExactly("y");
        assertThat(claimed(submission, 3)).containsExactlyInAnyOrder("y", "a", "b");
        assertThat(claimed(submission, 99)).hasSize(5);
    }

    @Test
    void runnerClaimsReadyTasksOnly() {
        assertThat(claimed(
                        batch(
                                2,
                                awaitingDecision(task("decided")),
                                timed(task("later"), MINUTE, null),
                                after(task("waits"), "a"),
                                task("a"),
                                task("held")),
                        99))
                .containsExactly("a");
    }

    @Test
    void runnerClaimsNothingThatItsProcessMustLeaveAlone() {
        assertThat(claimed(alone(ranked(task("a"), 9, 2), task("b")), 1)).containsExactly("b");
    }
}
