package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.store.QueueFigures;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerRow;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures for whoever operates a store; for stores that tell them. */
public abstract class QueueSuite extends StoreSuite {

    private static final Duration HOUR = Duration.ofHours(1);

    private QueueReads reads;

    /** For a suite with a subclass. */
    protected QueueSuite() {}

    @BeforeEach
    void openReads() {
        assumeTrue(store.queueReads().isPresent(), "the store tells no figures");
        reads = store.queueReads().orElseThrow();
    }

    @Test
    void emptyQueueIsEmpty() {
        var before = store.now();
        var figures = reads.queue(HOUR);

        assertBetween(figures.at(), before, store.now());
        assertThat(figures.depth()).isEmpty();
        assertThat(figures.oldestReadyAt()).isNull();
        assertThat(figures.due()).isZero();
        assertThat(figures.nextDueAt()).isNull();
        assertThat(figures.failures()).isEmpty();
    }

    @Test
    void depthIsCountedByStateWithoutWhatHasEnded() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("done")).ref()));
        storeAll(runner, failed(submitAndClaim(runner, task("failed")).ref()));
        var first = submit(
                limited("batch-1", 2, task("a"), task("b"), task("c"), task("d").dependsOn("a")));
        submit(task("later").startIn(HOUR), task("ask").awaitsDecision());
        claimedNames(runner.claim(1));

        var figures = reads.queue(HOUR);

        assertThat(figures.depth())
                .isEqualTo(Map.of(
                        TaskState.RUNNING,
                        1L,
                        TaskState.READY,
                        1L,
                        TaskState.HELD,
                        1L,
                        TaskState.WAITING,
                        1L,
                        TaskState.SCHEDULED,
                        1L,
                        TaskState.AWAITING_DECISION,
                        1L));
        assertThat(figures.oldestReadyAt()).isEqualTo(first.createdAt());
        assertThat(figures.nextDueAt()).isEqualTo(row("later").times().dueAt());
        assertThat(figures.due()).isZero();
    }

    @Test
    void whatIsDueAndNotYetReadyIsCounted() {
        var runner = runner();
        submit(task("a").startIn(Duration.ofMinutes(1)), task("b").startIn(Duration.ofMinutes(2)));
        submit(task("c").startIn(HOUR));
        pass(runner, Duration.ofMinutes(2));
        assertThat(reads.queue(HOUR).due()).isEqualTo(2);

        runner.promote();

        assertThat(reads.queue(HOUR))
                .returns(0L, QueueFigures::due)
                .returns(row("c").times().dueAt(), QueueFigures::nextDueAt);
    }

    @Test
    void failuresOfTheWindowAreCountedByKindProviderAndLabel() {
        var runner = runner();
        storeAll(
                runner, failed(submitAndClaim(runner, task("old").label("film")).ref()));
        pass(runner, HOUR.multipliedBy(2));
        for (String name : new String[] {"f1", "f2"}) {
            storeAll(
                    runner,
                    failed(submitAndClaim(runner, task(name).label("film")).ref()));
        }
        storeAll(
                runner,
                failed(submitAndClaim(runner, task("other").provider("acme")).ref()));
        submit(batch("batch-1", task("late").label("film").deadline(Duration.ofMinutes(1))));
        storeAll(runner, retry(claimOnly(runner).ref(), HOUR));
        pass(runner, Duration.ofMinutes(1));
        runner.expire();

        assertThat(reads.queue(HOUR).failures())
                .containsExactlyInAnyOrder(
                        new QueueFigures.Failures(FailureKind.OVERLOADED, "fake", "film", 2),
                        new QueueFigures.Failures(FailureKind.OVERLOADED, "acme", null, 1),
                        new QueueFigures.Failures(FailureKind.DEADLINE, "fake", "film", 1));
        assertThat(reads.queue(HOUR).failures().get(0).count())
                .as("the most frequent first")
                .isEqualTo(2);
        assertThat(reads.queue(HOUR.multipliedBy(10)).failures().get(0).count()).isEqualTo(3);
    }

    @Test
    void windowMustBePositive() {
        assertThatThrownBy(() -> reads.queue(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("window must be positive: PT0S");
        assertThatThrownBy(() -> reads.queue(Duration.ofSeconds(-1))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void windowLongerThanTimeCanTellCountsAll() {
        var runner = runner();
        storeAll(runner, failed(submitAndClaim(runner, task("a")).ref()));

        assertThat(reads.queue(Duration.ofSeconds(Long.MAX_VALUE)).failures()).hasSize(1);
    }

    @Test
    void runnersAreToldWithWhatTheyHave() {
        var before = store.now();
        RunnerSession named = store.open(new RunnerSpec("worker-1", LEASE, CRASH_CAP), () -> {});
        var other = runner(subject.openSecond());
        submit(task("a"), task("b"), task("c"));
        named.claim(2);
        other.claim(1);
        pass(named, Duration.ofSeconds(5));

        var row = runner(named);
        assertThat(row)
                .returns("worker-1", RunnerRow::name)
                .returns(true, RunnerRow::alive)
                .returns(2, RunnerRow::running);
        assertBetween(row.startedAt(), before, store.now());
        assertThat(row.beatAt()).isAfter(row.startedAt());
        assertThat(runner(other).running()).isEqualTo(1);
    }

    @Test
    void deadRunnerIsNotAliveAndHasNothing() {
        var dead = runner();
        var observer = runner(subject.openSecond());
        submitAndClaim(dead, task("a"));
        dieAndReap(dead, observer);

        assertThat(reads.runners().stream().filter(row -> row.id().equals(dead.id())))
                .allMatch(row -> !row.alive() && row.running() == 0);
        assertThat(runner(observer).alive()).isTrue();
    }

    private RunnerRow runner(RunnerSession session) {
        return reads.runners().stream()
                .filter(row -> row.id().equals(session.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no runner " + session.id()));
    }
}
