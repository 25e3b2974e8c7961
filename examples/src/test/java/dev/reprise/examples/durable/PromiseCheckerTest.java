package dev.reprise.examples.durable;

import static dev.reprise.generation.AttemptOutcome.CANCELLED;
import static dev.reprise.generation.AttemptOutcome.FAILED;
import static dev.reprise.generation.AttemptOutcome.LATE;
import static dev.reprise.generation.AttemptOutcome.SUCCEEDED;
import static dev.reprise.generation.AttemptOutcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.durable.Evidence.Kill;
import dev.reprise.examples.durable.TaskLine.Tried;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker finds each kind of broken promise, and nothing in what is in order. */
class PromiseCheckerTest {

    private static final String TASK = "task-1";
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final long ONE = 1001;
    private static final long OTHER = 1002;

    private final List<CallLine> calls = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();
    private final List<Tried> attempts = new ArrayList<>();

    @Test
    void aTaskThatSucceededAfterAFailureIsInOrder() {
        call(ONE, 1, 1, 0, 20, FAILED);
        call(OTHER, 2, 2, 2000, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, FAILED));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).isEmpty();
    }

    @Test
    void aTaskThatAKilledProcessHadIsInOrder() {
        begin(ONE, 1, 1, 0);
        kill(ONE, 10);
        call(OTHER, 2, 2, 1500, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, UNKNOWN));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).isEmpty();
    }

    @Test
    void aProcessKilledBeforeItsCallLeavesAnAttemptWithoutOne() {
        kill(ONE, 10);
        call(OTHER, 2, 2, 1500, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, UNKNOWN));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).isEmpty();
    }

    @Test
    void aProcessKilledBeforeItsCommitLeavesASuccessThatDoesNotCount() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        kill(ONE, 21);
        call(OTHER, 2, 2, 1500, 20, FAILED);
        call(OTHER, 3, 3, 3500, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, UNKNOWN));
        attempts.add(new Tried(2, 2, FAILED));
        attempts.add(new Tried(3, 3, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).isEmpty();
    }

    @Test
    void aTaskThatCrashedTooOftenIsInOrder() {
        begin(ONE, 1, 1, 0);
        kill(ONE, 10);
        attempts.add(new Tried(1, 1, UNKNOWN));

        assertThat(check(new TaskLine(TASK, TaskState.FAILED, "crashed", 1, null, attempts)))
                .isEmpty();
        assertThat(check(new TaskLine(TASK, TaskState.FAILED, null, 1, null, attempts)))
                .containsExactly(Promise.EVERY_TASK_ENDS_ONCE);
    }

    @Test
    void findsATaskThatIsNotInTheStore() {
        var evidence = new Evidence(Set.of(TASK, "task-2"), List.of(succeeded()), calls, kills);

        assertThat(PromiseChecker.check(evidence))
                .containsExactly(new Violation(Promise.NOTHING_IS_LOST, "task-2", "it is not in the store"));
    }

    @Test
    void findsAnEndThatWasAcknowledgedAndIsNoMore() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        calls.add(CallLine.stored(TASK, 1, ONE, START.plusMillis(21), SUCCEEDED));
        attempts.add(new Tried(1, 1, SUCCEEDED));
        assertThat(check(ended(TaskState.SUCCEEDED))).isEmpty();

        calls.add(CallLine.stored(TASK, 1, ONE, START.plusMillis(22), FAILED));
        calls.add(CallLine.stored("task-2", 1, ONE, START.plusMillis(23), SUCCEEDED));
        assertThat(check(ended(TaskState.SUCCEEDED)))
                .containsExactly(Promise.WHAT_WAS_ACKNOWLEDGED_STAYS, Promise.WHAT_WAS_ACKNOWLEDGED_STAYS);
    }

    @Test
    void findsATaskThatHasNotEnded() {
        for (TaskState state : List.of(TaskState.READY, TaskState.SCHEDULED, TaskState.PARKED)) {
            assertThat(check(new TaskLine(TASK, state, null, 0, null, List.of())))
                    .containsExactly(Promise.EVERY_TASK_ENDS_ONCE);
        }
    }

    @Test
    void findsATaskThatSomebodyHolds() {
        assertThat(check(new TaskLine(TASK, TaskState.RUNNING, null, 1, "runner-1", List.of())))
                .containsOnlyOnce(Promise.NOBODY_HOLDS_ANYTHING);
        var done = succeeded();
        assertThat(check(new TaskLine(TASK, done.state(), null, done.epoch(), "runner-1", done.attempts())))
                .containsExactly(Promise.NOBODY_HOLDS_ANYTHING);
    }

    @Test
    void findsATaskThatSucceededTwice() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        call(OTHER, 2, 2, 10, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, SUCCEEDED));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED)))
                .containsExactlyInAnyOrder(Promise.EVERY_TASK_ENDS_ONCE, Promise.THE_COMPLETED_IS_NOT_RUN_AGAIN);
    }

    @Test
    void findsASuccessThatNoAttemptBrought() {
        call(ONE, 1, 1, 0, 20, FAILED);
        attempts.add(new Tried(1, 1, FAILED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.EVERY_TASK_ENDS_ONCE);
    }

    @Test
    void findsAFailureAfterASuccess() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.FAILED))).containsExactly(Promise.EVERY_TASK_ENDS_ONCE);
    }

    @Test
    void findsACallUnderALaterClaimThanTheSuccess() {
        var done = succeeded();
        begin(OTHER, 2, 2, 5);
        attempts.add(new Tried(2, 2, LATE));

        assertThat(check(new TaskLine(TASK, done.state(), null, 2, null, attempts)))
                .contains(Promise.THE_COMPLETED_IS_NOT_RUN_AGAIN);
    }

    @Test
    void findsACallUnderAnEarlierClaimThatBeganAfterTheSuccess() {
        kill(ONE, 6000);
        attempts.add(new Tried(1, 1, UNKNOWN));
        call(OTHER, 2, 2, 1000, 20, SUCCEEDED);
        attempts.add(new Tried(2, 2, SUCCEEDED));
        begin(ONE, 1, 1, 5000);

        assertThat(check(ended(TaskState.SUCCEEDED))).contains(Promise.THE_COMPLETED_IS_NOT_RUN_AGAIN);
    }

    @Test
    void findsACallWithoutAnAttempt() {
        succeeded();
        calls.add(new CallLine(CallLine.Event.BEGIN, "task-9", 1, 1, ONE, START, null));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.EVERY_CALL_HAS_AN_ATTEMPT);
    }

    @Test
    void findsACallUnderAnEpochThatHasNoAttempt() {
        call(ONE, 1, 1, 0, 20, FAILED);
        call(ONE, 2, 2, 100, 20, SUCCEEDED);
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.EVERY_CALL_HAS_AN_ATTEMPT);
    }

    @Test
    void findsACallUnderAnotherNumberThanItsAttempts() {
        call(ONE, 2, 1, 0, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.EVERY_CALL_HAS_AN_ATTEMPT);
    }

    @Test
    void findsTwoCallsUnderOneClaim() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        begin(OTHER, 1, 1, 5);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.A_CLAIM_CALLS_ONCE);
    }

    @Test
    void findsACallThatEndedWithoutABeginning() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        calls.remove(0);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.A_CLAIM_CALLS_ONCE);
    }

    @Test
    void findsAnAttemptWithoutACallThatIsNotUnknown() {
        for (AttemptOutcome outcome : List.of(FAILED, CANCELLED, LATE)) {
            attempts.clear();
            attempts.add(new Tried(1, 1, outcome));

            assertThat(check(ended(TaskState.CANCELLED))).containsExactly(Promise.AN_ATTEMPT_WITHOUT_A_CALL_IS_UNKNOWN);
        }
    }

    @Test
    void findsAnOutcomeThatItsCallDidNotBring() {
        call(ONE, 1, 1, 0, 20, FAILED);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.AN_OUTCOME_IS_WHAT_THE_CALL_BROUGHT);
    }

    @Test
    void findsAnOutcomeOfACallThatNeverEnded() {
        begin(ONE, 1, 1, 0);
        attempts.add(new Tried(1, 1, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.AN_OUTCOME_IS_WHAT_THE_CALL_BROUGHT);
    }

    @Test
    void findsNumbersAndEpochsThatDoNotGrow() {
        call(ONE, 1, 1, 0, 20, FAILED);
        call(ONE, 1, 2, 100, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, FAILED));
        attempts.add(new Tried(1, 2, SUCCEEDED));
        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.NUMBERS_GROW);

        assertThat(check(new TaskLine(TASK, TaskState.SUCCEEDED, null, 1, null, attempts)))
                .containsExactly(Promise.NUMBERS_GROW, Promise.NUMBERS_GROW);
    }

    @Test
    void findsATaskTakenFromAProcessThatWasNeverKilled() {
        begin(ONE, 1, 1, 0);
        call(OTHER, 2, 2, 1500, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, UNKNOWN));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.THE_LIVING_KEEP_THEIR_TASKS);
    }

    @Test
    void findsATaskTakenFromAProcessThatWasKilledLater() {
        begin(ONE, 1, 1, 0);
        call(OTHER, 2, 2, 1500, 20, SUCCEEDED);
        kill(ONE, 3000);
        attempts.add(new Tried(1, 1, LATE));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        assertThat(check(ended(TaskState.SUCCEEDED))).containsExactly(Promise.THE_LIVING_KEEP_THEIR_TASKS);
    }

    @Test
    void timesTakeoversFromTheKillToTheNextCall() {
        begin(ONE, 1, 1, 0);
        kill(ONE, 100);
        call(OTHER, 2, 2, 1600, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, UNKNOWN));
        attempts.add(new Tried(2, 2, SUCCEEDED));

        var takeovers = Takeovers.of(evidence(ended(TaskState.SUCCEEDED)));

        assertThat(takeovers.firsts()).containsExactly(Duration.ofMillis(1500));
        assertThat(takeovers)
                .hasToString("takeover after 1 kills: median 1.50 s, worst 1.50 s;"
                        + " of all 1 tasks: median 1.50 s, worst 1.50 s");
    }

    private TaskLine succeeded() {
        call(ONE, 1, 1, 0, 20, SUCCEEDED);
        attempts.add(new Tried(1, 1, SUCCEEDED));
        return ended(TaskState.SUCCEEDED);
    }

    private TaskLine ended(TaskState state) {
        long epoch = attempts.stream().mapToLong(Tried::epoch).max().orElse(0);
        return new TaskLine(TASK, state, null, epoch, null, attempts);
    }

    private CallLine begin(long pid, int number, long epoch, long afterMillis) {
        var line = new CallLine(CallLine.Event.BEGIN, TASK, number, epoch, pid, START.plusMillis(afterMillis), null);
        calls.add(line);
        return line;
    }

    private void call(long pid, int number, long epoch, long afterMillis, long millis, AttemptOutcome outcome) {
        calls.add(begin(pid, number, epoch, afterMillis).end(outcome, START.plusMillis(afterMillis + millis)));
    }

    private void kill(long pid, long afterMillis) {
        kills.add(new Kill(pid, START.plusMillis(afterMillis)));
    }

    private Evidence evidence(TaskLine task) {
        return new Evidence(Set.of(TASK), List.of(task), calls, kills);
    }

    private List<Promise> check(TaskLine task) {
        return PromiseChecker.check(evidence(task)).stream()
                .map(Violation::promise)
                .toList();
    }
}
