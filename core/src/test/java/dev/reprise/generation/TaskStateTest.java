package dev.reprise.generation;

import static dev.reprise.generation.TaskState.AWAITING_DECISION;
import static dev.reprise.generation.TaskState.CANCELLED;
import static dev.reprise.generation.TaskState.FAILED;
import static dev.reprise.generation.TaskState.HELD;
import static dev.reprise.generation.TaskState.PARKED;
import static dev.reprise.generation.TaskState.READY;
import static dev.reprise.generation.TaskState.RUNNING;
import static dev.reprise.generation.TaskState.SCHEDULED;
import static dev.reprise.generation.TaskState.SKIPPED;
import static dev.reprise.generation.TaskState.SUCCEEDED;
import static dev.reprise.generation.TaskState.UPLOADING;
import static dev.reprise.generation.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of legal transitions, once more and whole. */
class TaskStateTest {

    private static final Map<TaskState, Set<TaskState>> LEGAL = Map.ofEntries(
            Map.entry(WAITING, Set.of(READY, SCHEDULED, HELD, AWAITING_DECISION, FAILED, SKIPPED, CANCELLED)),
            Map.entry(HELD, Set.of(READY, SCHEDULED, AWAITING_DECISION, FAILED, SKIPPED, CANCELLED)),
            Map.entry(SCHEDULED, Set.of(READY, HELD, FAILED, SKIPPED, CANCELLED)),
            Map.entry(READY, Set.of(RUNNING, HELD, FAILED, SKIPPED, CANCELLED)),
            Map.entry(
                    RUNNING, Set.of(READY, SCHEDULED, HELD, PARKED, UPLOADING, SUCCEEDED, FAILED, SKIPPED, CANCELLED)),
            Map.entry(UPLOADING, Set.of(READY, SCHEDULED, HELD, SUCCEEDED, FAILED, SKIPPED, CANCELLED)),
            Map.entry(AWAITING_DECISION, Set.of(SUCCEEDED, FAILED, SKIPPED, CANCELLED)),
            Map.entry(PARKED, Set.of(READY, SCHEDULED, HELD, AWAITING_DECISION, FAILED, SKIPPED, CANCELLED)),
            Map.entry(SUCCEEDED, Set.of()),
            Map.entry(FAILED, Set.of()),
            Map.entry(CANCELLED, Set.of()),
            Map.entry(SKIPPED, Set.of()));

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void onlyTheLegalTransitionsAre(TaskState from) {
        for (TaskState to : TaskState.values()) {
            assertThat(from.canBecome(to))
                    .as("%s to %s", from, to)
                    .isEqualTo(LEGAL.get(from).contains(to));
        }
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void nothingHappensToATaskThatHasEnded(TaskState state) {
        assertThat(state.isTerminal())
                .isEqualTo(EnumSet.of(SUCCEEDED, FAILED, CANCELLED, SKIPPED).contains(state));
        assertThat(state.isTerminal()).isEqualTo(LEGAL.get(state).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void whatHasNotEndedCanBeCancelled(TaskState state) {
        assertThat(state.canBecome(CANCELLED)).isEqualTo(!state.isTerminal());
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void whatHasNotEndedCanFailAtItsDeadline(TaskState state) {
        assertThat(state.canBecome(FAILED)).isEqualTo(!state.isTerminal());
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void noStateFollowsItself(TaskState state) {
        assertThat(state.canBecome(state)).isFalse();
    }

    @Test
    void onlyAClaimMakesATaskRun() {
        assertThat(TaskState.values())
                .filteredOn(state -> state.canBecome(RUNNING))
                .containsExactly(READY);
    }

    @Test
    void onlyWhatRanOrWasDecidedCanSucceed() {
        assertThat(TaskState.values())
                .filteredOn(state -> state.canBecome(SUCCEEDED))
                .containsExactly(RUNNING, UPLOADING, AWAITING_DECISION);
    }

    @Test
    void runnerHasWhatIsLeased() {
        assertThat(TaskState.values()).filteredOn(TaskState::isLeased).containsExactly(RUNNING, UPLOADING);
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void whatHasNotEndedIsSkippedWhenItsBatchStops(TaskState state) {
        assertThat(state.canBecome(SKIPPED)).isEqualTo(!state.isTerminal());
    }

    @Test
    void retryGoesFromRunningToScheduled() {
        assertThat(RUNNING.canBecome(SCHEDULED)).isTrue();
        assertThat(SCHEDULED.canBecome(RUNNING)).isFalse();
    }
}
