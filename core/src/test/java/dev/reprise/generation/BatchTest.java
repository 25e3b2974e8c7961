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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch tells its state from its generations. */
class BatchTest {

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(BatchState.PENDING, List.of(READY)),
                Arguments.of(BatchState.PENDING, List.of(WAITING, HELD, SCHEDULED, READY, AWAITING_DECISION, PARKED)),
                Arguments.of(BatchState.RUNNING, List.of(RUNNING)),
                Arguments.of(BatchState.RUNNING, List.of(UPLOADING)),
                Arguments.of(BatchState.RUNNING, List.of(READY, RUNNING)),
                Arguments.of(BatchState.RUNNING, List.of(READY, SUCCEEDED)),
                Arguments.of(BatchState.RUNNING, List.of(READY, FAILED)),
                Arguments.of(BatchState.RUNNING, List.of(HELD, CANCELLED)),
                Arguments.of(BatchState.RUNNING, List.of(SUCCEEDED, FAILED, PARKED)),
                Arguments.of(BatchState.SUCCEEDED, List.of(SUCCEEDED)),
                Arguments.of(BatchState.SUCCEEDED, List.of(SUCCEEDED, SUCCEEDED)),
                Arguments.of(BatchState.PARTLY_FAILED, List.of(SUCCEEDED, FAILED)),
                Arguments.of(BatchState.PARTLY_FAILED, List.of(SUCCEEDED, SKIPPED)),
                Arguments.of(BatchState.PARTLY_FAILED, List.of(SUCCEEDED, FAILED, CANCELLED)),
                Arguments.of(BatchState.FAILED, List.of(FAILED)),
                Arguments.of(BatchState.FAILED, List.of(FAILED, SKIPPED)),
                Arguments.of(BatchState.FAILED, List.of(FAILED, CANCELLED)),
                Arguments.of(BatchState.CANCELLED, List.of(CANCELLED)),
                Arguments.of(BatchState.CANCELLED, List.of(CANCELLED, SKIPPED)),
                Arguments.of(BatchState.CANCELLED, List.of(SKIPPED, CANCELLED, CANCELLED)),
                Arguments.of(BatchState.PARTLY_FAILED, List.of(CANCELLED, SUCCEEDED)));
    }

    @ParameterizedTest
    @MethodSource("states")
    void stateFollowsFromThoseOfItsGenerations(BatchState expected, List<TaskState> states) {
        assertThat(Samples.batch(states.toArray(TaskState[]::new)).state()).isEqualTo(expected);

        var reversed = new ArrayList<>(states);
        Collections.reverse(reversed);
        assertThat(Samples.batch(reversed.toArray(TaskState[]::new)).state()).isEqualTo(expected);
    }

    @Test
    void batchThatWaitsForARetryHasBeenStarted() {
        var waiting = Samples.generation(SCHEDULED, Samples.failedAttempt(1, null, Usage.NONE));

        assertThat(Samples.batch(List.of(waiting, Samples.generation(READY))).state())
                .isEqualTo(BatchState.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void batchHasEndedWhenAllOfItHas(TaskState state) {
        assertThat(Samples.batch(state).state().isTerminal()).isEqualTo(state.isTerminal());
        assertThat(Samples.batch(SUCCEEDED, state).state().isTerminal()).isEqualTo(state.isTerminal());
    }

    @Test
    void succeededAndFailedAreApartAndInOrder() {
        var generations = Stream.of(SUCCEEDED, FAILED, RUNNING, CANCELLED, SUCCEEDED, SKIPPED, PARKED)
                .map(Samples::generation)
                .toList();
        var batch = Samples.batch(generations);

        assertThat(batch.succeeded()).containsExactly(generations.get(0), generations.get(4));
        assertThat(batch.failed()).containsExactly(generations.get(1), generations.get(3), generations.get(5));
        assertThat(batch.total()).isEqualTo(7);
    }

    @Test
    void laterChangesOfTheGivenListDoNotShow() {
        var given = new ArrayList<>(List.of(Samples.generation(READY)));
        var batch = Samples.batch(given);

        given.clear();

        assertThat(batch.total()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(BatchState.class)
    void fourStatesAreFinal(BatchState state) {
        assertThat(state.isTerminal())
                .isEqualTo(List.of("SUCCEEDED", "PARTLY_FAILED", "FAILED", "CANCELLED")
                        .contains(state.name()));
    }
}
