package dev.reprise.storage.memory;

import static dev.reprise.storage.memory.Work.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.NewTask;
import dev.reprise.store.Placement;
import dev.reprise.store.Scope;
import dev.reprise.store.Submission;
import dev.reprise.store.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClaimOrderTest {
    private static final int MANY = 100_000;

    @Test
    @Timeout(60)
    void hundredThousandTasksAreClaimedByPriorityThenAgeThenId() {
        var clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
        var store = InMemoryTaskStore.create(clock);
        for (int submission = 0; submission < 1000; submission++) {
            var tasks = new ArrayList<NewTask>();
            for (int i = 0; i < MANY / 1000; i++) {
                int number = submission * (MANY / 1000) + i;
                tasks.add(task("t" + number, number % 7, Placement.ALONE, List.of()));
            }
            store.submit(new Submission(Work.OWNER, null, tasks));
            clock.advance(Duration.ofMillis(submission % 2));
        }
        var session = store.open(Work.SPEC, () -> {});

        var claimed = new ArrayList<ClaimedTask>(MANY);
        for (var next = session.claim(64); !next.isEmpty(); next = session.claim(64)) {
            claimed.addAll(next);
        }

        assertThat(claimed).hasSize(MANY);
        assertThat(claimed)
                .extracting(ClaimedTask::row)
                .isSortedAccordingTo(Comparator.comparingInt(TaskRow::priority)
                        .reversed()
                        .thenComparing(row -> row.times().createdAt())
                        .thenComparing(row -> row.id().value()));
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.RUNNING, (long) MANY));
    }
}
