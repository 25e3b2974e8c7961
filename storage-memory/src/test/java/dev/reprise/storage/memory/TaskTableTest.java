package dev.reprise.storage.memory;

import static dev.reprise.storage.memory.Work.OWNER;
import static dev.reprise.storage.memory.Work.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Counters;
import dev.reprise.store.Placement;
import dev.reprise.store.Scope;
import dev.reprise.store.rules.Birth;
import dev.reprise.store.rules.Handover;
import dev.reprise.store.rules.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever somebody may come up with, the table takes no step that is not legal. */
class TaskTableTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final TaskTable table = new TaskTable();

    @Test
    void taskDoesNotLeaveAnEndButForAHigherRun() {
        var task = table.born(birth(TaskState.READY), OWNER, null, NOW);
        table.change(task, step(TaskState.CANCELLED, 1), NOW);

        assertThatThrownBy(() -> table.change(task, step(TaskState.READY, 1), NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task a must not go from CANCELLED in run 1 to READY in run 1");
        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(table.visibleTo(Scope.ALL).counts()).isEqualTo(Map.of(TaskState.CANCELLED, 1L));

        table.change(task, step(TaskState.READY, 2), NOW);

        assertThat(table.visibleTo(Scope.ALL).counts()).isEqualTo(Map.of(TaskState.READY, 1L));
        assertThat(task.row().status().run()).isEqualTo(2);
        assertThat(task.row().times().finishedAt()).isNull();
    }

    @Test
    void taskDoesNotJumpAState() {
        var task = table.born(birth(TaskState.WAITING), OWNER, null, NOW);
        var runner = new RunnerEntry(new RunnerId("r"), Work.SPEC, () -> {}, NOW);

        assertThatThrownBy(() -> table.change(task, step(TaskState.SUCCEEDED, 1), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.claim(task, step(TaskState.RUNNING, 1), runner, NOW))
                .isInstanceOf(IllegalStateException.class);

        assertThat(task.state()).isEqualTo(TaskState.WAITING);
        assertThat(runner.held()).isEmpty();
    }

    @Test
    void taskIsNotBornUnderWay() {
        assertThatThrownBy(() -> table.born(birth(TaskState.RUNNING), OWNER, null, NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a task must not begin as RUNNING");

        assertThat(table.row(Work.id("a"))).isNull();
    }

    private static Birth birth(TaskState state) {
        return new Birth(task("a"), Placement.ALONE, List.of(), step(state, 1), null, false);
    }

    private static Step step(TaskState state, int run) {
        return new Step(state, null, null, run, Counters.NONE, 0, null, Handover.NONE, null);
    }
}
