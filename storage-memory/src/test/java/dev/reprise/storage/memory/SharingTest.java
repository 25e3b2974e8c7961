package dev.reprise.storage.memory;

import static dev.reprise.storage.memory.Work.alone;
import static dev.reprise.storage.memory.Work.finished;
import static dev.reprise.storage.memory.Work.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two users of one store are as two processes over one database. */
class SharingTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00.123456Z"));
    private final InMemoryTaskStore store = InMemoryTaskStore.create(clock);

    @Test
    void tasksOfOneUserSurviveAnothersClose() {
        var other = store.open(Work.SPEC, () -> {});
        store.submit(alone("a"));

        store.close();
        store.close();

        assertThat(other.claim(1)).extracting(ClaimedTask::ref).hasSize(1);
        assertThat(store.find(Scope.ALL, id("a"))).isPresent();
    }

    @Test
    void timesAreWholeMilliseconds() {
        store.submit(alone("a"));

        assertThat(store.now()).isEqualTo(Instant.parse("2026-11-01T00:00:00.123Z"));
        assertThat(store.find(Scope.ALL, id("a")).orElseThrow().row().times().createdAt())
                .isEqualTo(Instant.parse("2026-11-01T00:00:00.123Z"));
    }

    @Test
    void expiredLeaseIsTakenOverAndTheLateRunnerRecordsWhatItSpentOnce() {
        var slow = store.open(Work.SPEC, () -> {});
        store.submit(alone("a"));
        var lost = slow.claim(1).get(0);
        clock.advance(Duration.ofSeconds(20));
        var other = store.open(Work.SPEC, () -> {});
        clock.advance(Duration.ofMillis(9_999));
        assertThat(other.reap().dead()).isEmpty();

        clock.advance(Duration.ofMillis(1));
        var report = other.reap();

        assertThat(report.dead()).containsExactly(slow.id());
        assertThat(report.resumed()).containsExactly(id("a"));
        assertThat(slow.beat().alive()).isFalse();
        assertThat(slow.claim(1)).isEmpty();
        var again = other.claim(1).get(0);
        assertThat(again.row().counters().crashes()).isEqualTo(1);
        var late = finished(lost, TaskState.SUCCEEDED);
        assertThat(slow.storeOutcomes(List.of(late, late)).receipts())
                .containsExactly(OutcomeReceipt.FENCED, OutcomeReceipt.FENCED);
        var done = finished(again, TaskState.SUCCEEDED);
        assertThat(other.storeOutcomes(List.of(done, done)).receipts())
                .containsExactly(OutcomeReceipt.STORED, OutcomeReceipt.ALREADY_STORED);
        assertThat(store.find(Scope.ALL, id("a")).orElseThrow().attempts())
                .extracting(AttemptRow::epoch, AttemptRow::outcome, AttemptRow::usage)
                .containsExactly(
                        tuple(1L, AttemptOutcome.LATE, Usage.of(3, 5)),
                        tuple(2L, AttemptOutcome.SUCCEEDED, Usage.of(3, 5)));
    }

    @Test
    void runnersThatClaimAtOnceDivideTheTasks() throws Exception {
        int tasks = 2000;
        store.submit(alone(IntStream.range(0, tasks).mapToObj(i -> "t" + i).toArray(String[]::new)));
        Set<ClaimedTask> all = ConcurrentHashMap.newKeySet();
        var threads = Executors.newFixedThreadPool(4);
        var futures = new ArrayList<Future<Integer>>();
        for (int i = 0; i < 4; i++) {
            futures.add(threads.submit(() -> {
                try (var session = store.open(Work.SPEC, () -> {})) {
                    int ended = 0;
                    for (var next = session.claim(7); !next.isEmpty(); next = session.claim(7)) {
                        all.addAll(next);
                        ended += session
                                .storeOutcomes(next.stream()
                                        .map(task -> finished(task, TaskState.SUCCEEDED))
                                        .toList())
                                .receipts()
                                .stream()
                                .mapToInt(receipt -> receipt == OutcomeReceipt.STORED ? 1 : 0)
                                .sum();
                    }
                    return ended;
                }
            }));
        }
        int ended = 0;
        for (Future<Integer> future : futures) {
            ended += future.get();
        }
        threads.shutdown();

        assertThat(ended).isEqualTo(tasks);
        assertThat(all).hasSize(tasks).allMatch(task -> task.ref().epoch() == 1);
        assertThat(store.counts(Scope.ALL)).containsExactly(Map.entry(TaskState.SUCCEEDED, (long) tasks));
    }
}
