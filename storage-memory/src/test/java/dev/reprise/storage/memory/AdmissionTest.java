package dev.reprise.storage.memory;

import static dev.reprise.storage.memory.Work.finished;
import static dev.reprise.storage.memory.Work.id;
import static dev.reprise.storage.memory.Work.limited;
import static dev.reprise.storage.memory.Work.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Reasons;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** States that a task passes through on its way, where the table of transitions has no direct one. */
class AdmissionTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final InMemoryTaskStore store = InMemoryTaskStore.create(clock);

    @Test
    void unparkedTaskQueuesWhenOthersHaveTakenItsPlace() {
        var session = store.open(Work.SPEC, () -> {});
        store.submit(limited("batch", 3, 1));
        var first = session.claim(5).get(0);
        session.settle(List.of(new TaskOutcome(
                first.ref(), "nonce", null, new TaskOutcome.Next.Park(Reasons.UNKNOWN_PROVIDER + "fake"))));
        assertThat(states("batch", 3)).containsExactly(TaskState.PARKED, TaskState.READY, TaskState.HELD);

        assertThat(session.unpark(Set.of("fake"), Set.of())).isEqualTo(1);

        assertThat(states("batch", 3)).containsExactly(TaskState.HELD, TaskState.READY, TaskState.HELD);
        var second = session.claim(5).get(0);
        session.settle(List.of(retried(second, Duration.ofSeconds(2))));
        assertThat(states("batch", 3)).containsExactly(TaskState.HELD, TaskState.SCHEDULED, TaskState.HELD);
        store.cancel(Scope.ALL, id("batch-1"));
        assertThat(states("batch", 3)).containsExactly(TaskState.READY, TaskState.CANCELLED, TaskState.HELD);
    }

    @Test
    void releasedDependentWithADelayedStartIsScheduled() {
        var session = store.open(Work.SPEC, () -> {});
        var plain = Work.task("b", 0, Placement.ALONE, List.of(id("a")));
        var later = new NewTask(
                plain.id(),
                plain.labels(),
                plain.placement(),
                0,
                new NewTask.Timing(Duration.ofMinutes(5), null, NewTask.OnCrash.RESEND),
                plain.dependsOn(),
                null,
                plain.request());
        session.submit(new Submission(Work.OWNER, null, List.of(Work.task("a"), later)), 0);

        session.settle(List.of(finished(session.claim(1).get(0), TaskState.SUCCEEDED)));

        var row = store.find(Scope.ALL, id("b")).orElseThrow().row();
        assertThat(row.state()).isEqualTo(TaskState.SCHEDULED);
        assertThat(row.standing().reason()).isNull();
        assertThat(row.times().dueAt()).isEqualTo(Instant.parse("2026-11-01T00:05:00Z"));
    }

    @Test
    void illegalTransitionChangesNothing() {
        var tables = new Tables();
        var queues = new Queues();
        var transitions = new Transitions(tables, queues);
        var task = new Task(Work.task("a"), Placement.ALONE, Work.OWNER, null, clock.instant(), tables.nextSequence());
        tables.add(task);

        assertThatThrownBy(() -> transitions.end(task, TaskState.SUCCEEDED, null, clock.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task a must not go from WAITING to SUCCEEDED");
        assertThatThrownBy(() -> transitions.schedule(task, clock.instant()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task a must not go from WAITING to SCHEDULED");

        assertThat(task.state()).isEqualTo(TaskState.WAITING);
        assertThat(tables.visibleTo(Scope.ALL).counts()).containsOnlyKeys(TaskState.WAITING);
        assertThat(queues.scheduled()).isEmpty();
    }

    private List<TaskState> states(String batch, int size) {
        var tasks = store.batch(Scope.ALL, new BatchId(batch)).orElseThrow().tasks();
        assertThat(tasks).hasSize(size);
        return tasks.stream().map(task -> task.row().state()).toList();
    }
}
