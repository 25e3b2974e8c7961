package dev.reprise.store.rules;

import static dev.reprise.generation.TaskState.AWAITING_DECISION;
import static dev.reprise.generation.TaskState.HELD;
import static dev.reprise.generation.TaskState.READY;
import static dev.reprise.generation.TaskState.SCHEDULED;
import static dev.reprise.generation.TaskState.SKIPPED;
import static dev.reprise.generation.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.generation.TaskState;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which changes are legal, over state and run. */
class TransitionsTest {

    private static final Set<TaskState> BEGINNINGS =
            EnumSet.of(WAITING, HELD, SCHEDULED, READY, AWAITING_DECISION, SKIPPED);

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void withinARunTheTableOfStatesHolds(TaskState from) {
        for (TaskState to : TaskState.values()) {
            assertThat(Transitions.isLegal(from, 2, to, 2))
                    .as("%s to %s", from, to)
                    .isEqualTo(from.canBecome(to) || (from == to && (from == WAITING || from == HELD)));
        }
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void higherRunBeginsAnewFromWherever(TaskState from) {
        for (TaskState to : TaskState.values()) {
            assertThat(Transitions.isLegal(from, 2, to, 3))
                    .as("%s to %s", from, to)
                    .isEqualTo(BEGINNINGS.contains(to));
        }
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void nothingGoesBackToALowerRunOrComesOutOfAnUnknownState(TaskState state) {
        for (TaskState to : TaskState.values()) {
            assertThat(Transitions.isLegal(state, 2, to, 1)).isFalse();
        }
        assertThat(Transitions.isLegal(null, 1, state, 1)).isFalse();
        assertThat(Transitions.isLegal(null, 1, state, 2)).isFalse();
        assertThat(Transitions.isBeginning(state)).isEqualTo(BEGINNINGS.contains(state));
    }

    @Test
    void stepThatIsIllegalCannotBeMade() {
        var ended = Facts.at("SUCCEEDED").get();
        var step = Step.from(ended).to(READY, null);

        assertThatThrownBy(() -> step.checked(ended))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a task must not go from SUCCEEDED in run 3 to READY in run 3");
        assertThat(step.inRun(4).checked(ended)).isEqualTo(step.inRun(4));
    }
}
