package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Starts that are due later, together with whatever else a task may wait for. */
public abstract class DelaySuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected DelaySuite() {}

    @Test
    void delayUnderAMillisecondIsNone() {
        submit(task("a").startIn(Duration.ofNanos(999_999)), task("b").startIn(Duration.ofMillis(1)));

        assertThat(states("a", "b")).containsExactly(TaskState.READY, TaskState.SCHEDULED);
    }

    @Test
    void timesAreNeverAfterTheLastThatCanBeTold() {
        var runner = runner();
        var forEver = Duration.ofSeconds(Long.MAX_VALUE);
        submit(task("a").startIn(forEver), task("b").deadline(forEver));
        var last = Instant.ofEpochMilli(Long.MAX_VALUE);
        assertThat(row("a").times().dueAt()).isEqualTo(last);
        assertThat(row("b").times().deadlineAt()).isEqualTo(last);

        storeAll(runner, retry(claimOnly(runner).ref(), forEver));

        assertThat(row("b").times().dueAt()).isEqualTo(last);
        assertThat(onlyAttempt("b").delay()).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
        assertThat(runner.promote().promoted()).isZero();
        assertThat(runner.expire()).isEmpty();
    }

    @Test
    void delayedStartHoldsAlsoAfterADependency() {
        var runner = runner();
        var stored = submit(task("a"), task("b").dependsOn("a").startIn(Duration.ofMinutes(5)));
        assertThat(row("b").times().dueAt()).as("it is not scheduled").isNull();

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.SCHEDULED);
        assertThat(row("b").times().dueAt()).isEqualTo(stored.createdAt().plus(Duration.ofMinutes(5)));
        pass(runner, Duration.ofMinutes(5));
        assertThat(runner.promote().promoted()).isEqualTo(1);
        assertThat(claimOnly(runner).row().id()).isEqualTo(id("b"));
    }

    @Test
    void delayThatIsOverWhenTheDependencyIsMetDelaysNothing() {
        var runner = runner();
        submit(task("a"), task("b").dependsOn("a").startIn(Duration.ofMinutes(5)));
        pass(runner, Duration.ofMinutes(5));

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
        assertThat(row("b").times().dueAt()).isNull();
    }

    @Test
    void delayHoldsAlsoInAPlaceOfALimitedBatch() {
        var runner = runner();
        submit(limited("plan", 1, task("a"), task("b").dependsOn("a").startIn(Duration.ofMinutes(5)), task("c")));

        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(states("b", "c")).as("by position").containsExactly(TaskState.SCHEDULED, TaskState.HELD);

        pass(runner, Duration.ofMinutes(5));
        runner.promote();
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        assertThat(states("b", "c")).containsExactly(TaskState.SUCCEEDED, TaskState.READY);
    }

    @Test
    void taskWhoseTimeHasComeWhileItWasHeldIsReadyWithItsPlace() {
        var runner = runner();
        submit(limited("plan", 1, task("a"), task("b").startIn(Duration.ofMinutes(5))));
        assertThat(row("b").status().isBecause(Reason.ADMISSION)).isTrue();
        pass(runner, Duration.ofMinutes(5));
        assertThat(runner.promote().promoted()).isZero();
        assertThat(state("b")).isEqualTo(TaskState.HELD);

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
        assertThat(row("b").times().dueAt()).isNull();
    }
}
