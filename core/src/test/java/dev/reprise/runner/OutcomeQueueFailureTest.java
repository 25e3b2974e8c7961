package dev.reprise.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.attempt.Claim;
import dev.reprise.attempt.Conclusion;
import dev.reprise.background.Problems;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters.Counted;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Payload;
import dev.reprise.store.TaskOutcome;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Outcomes stay until the store has them, in their order, and groups have their limits. */
class OutcomeQueueFailureTest {

    private final Queue<Runnable> storeThread = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final Problems problems = new Problems();
    private final RecordingSession session = new RecordingSession("runner");
    private Runnable whenTold = () -> {};
    private final OutcomeQueue queue = new OutcomeQueue(storeThread::add, new Timers(), problems, stored -> {
        stored.forEach(one -> told.add(one.conclusion().outcome().ref().id() + " " + one.receipt()));
        whenTold.run();
    });

    @Test
    void outcomesStayInTheirOrderUntilTheStoreHasThem() {
        session.failures = 1;
        add("a", "b");
        runStoreThread();
        add("c");

        // Nothing is tried before the wait is over.
        assertThat(storeThread).isEmpty();
        assertThat(session.stored).isEmpty();
        assertThat(queue.unsaved()).isEqualTo(3);
        assertThat(problems.list()).singleElement().asString().startsWith("storing outcomes: ");
        fireTimer();

        assertThat(session.stored).containsExactly(List.of("a", "b", "c"));
        assertThat(told).containsExactly("a STORED", "b STORED", "c STORED");
        assertThat(queue.unsaved()).isZero();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void waitsGrowToFiveSecondsAndBeginAnewAfterASuccess() {
        session.failures = 9;
        add("a");
        runStoreThread();
        for (int i = 0; i < 9; i++) {
            fireTimer();
        }
        session.failures = 1;
        add("b");
        runStoreThread();
        fireTimer();

        assertThat(waits)
                .extracting(Duration::toMillis)
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L, 50L);
        assertThat(session.stored).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void outcomesOfTwoIncarnationsAreStoredByTheirOwn() {
        var other = new RecordingSession("other");
        queue.holdWhile(() -> {
            add("a");
            queue.add(entry(other.claim("b"), 0, 0));
            add("c");
        });
        runStoreThread();

        assertThat(session.stored).containsExactly(List.of("a"), List.of("c"));
        assertThat(other.stored).containsExactly(List.of("b"));
    }

    @Test
    void groupHasAtMost512Outcomes() {
        queue.holdWhile(
                () -> add(IntStream.range(0, 1_100).mapToObj(i -> "task-" + i).toArray(String[]::new)));
        runStoreThread();

        assertThat(session.stored).extracting(List::size).containsExactly(512, 512, 76);
    }

    @Test
    void groupEndsWhenItsPayloadsReachEightMebibytes() {
        int three = 3 << 20;
        queue.holdWhile(() -> {
            for (int i = 0; i < 4; i++) {
                queue.add(entry(session.claim("result-" + i), 0, three));
            }
        });
        runStoreThread();
        queue.holdWhile(() -> {
            for (int i = 0; i < 4; i++) {
                queue.add(entry(session.claim("detail-" + i), three, 0));
            }
        });
        runStoreThread();

        assertThat(session.stored).extracting(List::size).containsExactly(3, 1, 3, 1);
    }

    @Test
    void eachOutcomeIsToldItsOwnReceipt() {
        session.answers = List.of(OutcomeReceipt.FENCED, OutcomeReceipt.STORED);
        queue.holdWhile(() -> add("a", "b"));
        runStoreThread();

        assertThat(told).containsExactly("a FENCED", "b STORED");
    }

    @Test
    void whoThrowsWhenToldDoesNotStopTheQueue() {
        whenTold = () -> {
            throw new IllegalStateException("broken");
        };
        add("a");
        runStoreThread();
        add("b");
        runStoreThread();

        assertThat(session.stored).containsExactly(List.of("a"), List.of("b"));
        assertThat(queue.unsaved()).isZero();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void oneCommitIsUnderWayAtOnce() {
        add("a");
        add("b");

        assertThat(storeThread).hasSize(1);
    }

    private void add(String... tasks) {
        for (String task : tasks) {
            queue.add(entry(session.claim(task), 0, 0));
        }
    }

    private static Conclusion entry(Claim claim, int detail, int result) {
        var report = new AttemptReport(
                AttemptOutcome.SUCCEEDED, Counted.NOTHING, Usage.NONE, null, Payload.of(new byte[detail]));
        var next = new TaskOutcome.Next.Finish(TaskState.SUCCEEDED, Payload.of(new byte[result]), null);
        return new Conclusion(claim, new TaskOutcome(claim.ref(), "nonce", report, next), receipt -> {});
    }

    private void runStoreThread() {
        for (var action = storeThread.poll(); action != null; action = storeThread.poll()) {
            action.run();
        }
    }

    private void fireTimer() {
        timers.remove().run();
        runStoreThread();
    }

    /** Notes what is waited for, and fires when the test says so. */
    private final class Timers implements TimeSource {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Timer schedule(Duration delay, Runnable action) {
            waits.add(delay);
            timers.add(action);
            return () -> {};
        }
    }
}
