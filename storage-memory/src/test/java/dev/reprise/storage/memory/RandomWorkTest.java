package dev.reprise.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.Level;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever runners and callers do in whatever order, what the store counts is what it has, and every task ends. */
class RandomWorkTest {
    private static final Set<TaskState> UNDER_WAY =
            EnumSet.of(TaskState.SCHEDULED, TaskState.READY, TaskState.RUNNING, TaskState.UPLOADING);
    private static final RunnerSpec SPEC = new RunnerSpec("random", Duration.ofSeconds(30), 3);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final InMemoryTaskStore store = InMemoryTaskStore.create(clock);
    private final List<GenerationId> ids = new ArrayList<>();
    private final Map<BatchId, Integer> limits = new TreeMap<>(Comparator.comparing(BatchId::value));
    private final List<RunnerSession> sessions = new ArrayList<>();
    private final Map<RunnerSession, List<ClaimedTask>> claimed = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsAndLimitsHoldAndEveryTaskEnds(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 1500; step++) {
            step(random, step);
            if (step % 10 == 0) {
                check();
            }
        }
        drain();
        check();
        assertThat(store.counts(Scope.ALL))
                .containsOnlyKeys(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED, TaskState.SKIPPED);
    }

    private void step(Random random, int step) {
        if (sessions.isEmpty() || random.nextInt(60) == 0) {
            var opened = store.open(SPEC, () -> {});
            sessions.add(opened);
            claimed.put(opened, new ArrayList<>());
        }
        var session = sessions.get(random.nextInt(sessions.size()));
        switch (random.nextInt(12)) {
            case 0 -> submit(random, step);
            case 1, 2, 3 -> claimed.get(session).addAll(session.claim(1 + random.nextInt(4)));
            case 4, 5, 6 -> storeOutcome(session, random);
            case 7 -> {
                clock.advance(Duration.ofMillis(random.nextInt(6000)));
                session.beat();
                session.promote();
            }
            case 8 -> session.reap();
            case 9 -> callerActs(random);
            case 10 -> session.unpark(Work.KNOWN);
            default -> {
                if (random.nextInt(10) == 0) {
                    session.close();
                    sessions.remove(session);
                } else if (!claimed.get(session).isEmpty()) {
                    session.handBack(List.of(claimed.get(session).remove(0).ref()));
                }
            }
        }
    }

    private void submit(Random random, int step) {
        var batch = new BatchId("b" + step);
        var limit = random.nextBoolean() ? null : (Integer) (1 + random.nextInt(3));
        var tasks = new ArrayList<NewTask>();
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            List<GenerationId> after = i > 0 && random.nextInt(3) == 0
                    ? List.of(tasks.get(random.nextInt(i)).id())
                    : List.of();
            var task = Work.task(batch + "-" + i, random.nextInt(3), new Placement(batch, i, null, null), after);
            var timing = new NewTask.Timing(
                    Duration.ofSeconds(random.nextInt(4) == 0 ? 3 : 0),
                    null,
                    random.nextInt(5) == 0 ? NewTask.OnCrash.FAIL : NewTask.OnCrash.RESEND);
            tasks.add(new NewTask(
                    task.id(),
                    task.labels(),
                    task.placement(),
                    task.priority(),
                    timing,
                    task.dependsOn(),
                    null,
                    Level.ANY,
                    task.request()));
        }
        store.submit(new Submission(Work.OWNER, new NewBatch(batch, null, limit, random.nextBoolean()), tasks));
        tasks.forEach(task -> ids.add(task.id()));
        if (limit != null) {
            limits.put(batch, limit);
        }
    }

    private void storeOutcome(RunnerSession session, Random random) {
        var mine = claimed.get(session);
        if (mine.isEmpty()) {
            return;
        }
        var task = mine.remove(random.nextInt(mine.size()));
        var outcome = switch (random.nextInt(6)) {
            case 0 -> Work.retried(task, Duration.ofSeconds(random.nextInt(3)));
            case 1 -> Work.finished(task, TaskState.FAILED);
            case 2 ->
                new TaskOutcome(
                        task.ref(), "nonce-" + task.ref(), null, new Next.Park(Reason.UNKNOWN_PROVIDER.of("fake")));
            default -> Work.finished(task, TaskState.SUCCEEDED);
        };
        session.storeOutcomes(List.of(outcome));
    }

    private void callerActs(Random random) {
        if (ids.isEmpty() || random.nextInt(3) > 0) {
            return;
        }
        var id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(4)) {
            case 0 -> store.delete(Scope.ALL, id);
            case 1 ->
                store.cancel(
                        Scope.ALL,
                        new BatchId(id.value().substring(0, id.value().indexOf('-'))));
            default -> store.cancel(Scope.ALL, id);
        }
    }

    private void check() {
        var seen = new EnumMap<TaskState, Long>(TaskState.class);
        store.states(ids).values().forEach(state -> seen.merge(state, 1L, Long::sum));
        assertThat(store.counts(Scope.ALL)).isEqualTo(seen);
        assertThat(store.counts(Scope.of(Work.OWNER))).isEqualTo(seen);
        limits.forEach((batch, limit) -> store.batch(Scope.ALL, batch).ifPresent(stored -> {
            var states = stored.tasks().stream().map(task -> task.row().state()).toList();
            long underWay = states.stream().filter(UNDER_WAY::contains).count();
            assertThat(underWay).isLessThanOrEqualTo(limit);
            assertThat(underWay < limit && states.contains(TaskState.HELD))
                    .as("a free place in %s while tasks are HELD: %s", batch, states)
                    .isFalse();
        }));
    }

    private void drain() {
        clock.advance(SPEC.lease());
        var last = store.open(SPEC, () -> {});
        last.reap();
        for (int i = 0; i < 10_000 && !allEnded(); i++) {
            last.unpark(Work.KNOWN);
            last.promote();
            for (ClaimedTask task : last.claim(3)) {
                last.storeOutcomes(List.of(Work.finished(task, TaskState.SUCCEEDED)));
            }
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private boolean allEnded() {
        return store.counts(Scope.ALL).keySet().stream().allMatch(TaskState::isTerminal);
    }
}
