package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskLabels;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tasks that a person decides: nobody runs them, and everything but a runner may end them. */
public abstract class DecisionSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected DecisionSuite() {}

    @Test
    void taskThatNobodyRunsAwaitsADecisionFromItsBirth() {
        submit(task("a").awaitsDecision().startIn(Duration.ofHours(1)));

        assertThat(row("a").status()).isEqualTo(new TaskStatus(TaskState.AWAITING_DECISION, null, null, 1, 0, null));
        assertThat(row("a").labels()).isEqualTo(new TaskLabels(GenerationKind.SINGLE, null, null, null, null, null));
        assertThat(row("a").times().dueAt()).isNull();
        assertThat(store.counts(Scope.ALL)).containsOnlyKeys(TaskState.AWAITING_DECISION);
    }

    @Test
    void taskThatAHandlerRunsIsReady() {
        submit(task("a").handler("render"));

        assertThat(row("a").labels())
                .isEqualTo(new TaskLabels(GenerationKind.SINGLE, null, null, null, null, "render"));
        assertThat(claimOnly(runner()).row().labels().handler()).isEqualTo("render");
    }

    @Test
    void decisionIsAskedForWhenWhatItDependsOnHasSucceeded() {
        var runner = runner();
        submit(batch(
                "plan",
                task("a"),
                task("ask").awaitsDecision().dependsOn("a"),
                task("b").dependsOn("ask")));
        assertThat(state("ask")).isEqualTo(TaskState.WAITING);

        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(states("ask", "b")).containsExactly(TaskState.AWAITING_DECISION, TaskState.WAITING);
    }

    @Test
    void decisionIsNeverClaimedAndTakesNoPlace() {
        var runner = runner();
        var stored = stored(runner.submit(alone(task("a").awaitsDecision().priority(9)), 5));
        assertThat(stored.claimed()).isEmpty();
        submit(limited("batch-1", 1, task("ask").awaitsDecision(), task("b"), task("c")));

        assertThat(states("ask", "b", "c"))
                .containsExactly(TaskState.AWAITING_DECISION, TaskState.READY, TaskState.HELD);
        subject.advance(Duration.ofDays(1));
        runner.beat();
        runner.promote();
        runner.unpark(knows("fake"));
        assertThat(claimedNames(runner.claim(10))).containsExactly("b");
    }

    @Test
    void deadlineEndsADecision() {
        var runner = runner();
        submit(batch(
                "plan",
                task("ask").awaitsDecision().deadline(Duration.ofMinutes(1)),
                task("b").dependsOn("ask")));
        assertThat(runner.promote().untilDeadline()).isNotNull();
        pass(runner, Duration.ofMinutes(1));

        assertThat(runner.expire())
                .containsExactlyInAnyOrder(
                        Ends.in("plan", Ends.failed("ask", Reason.DEADLINE)),
                        Ends.in("plan", Ends.skipped("b", Reason.DEPENDENCY)));
        assertThat(batchRow("plan").finishedAt()).isNotNull();
    }

    @Test
    void cancelAndDeleteEndADecision() {
        submit(
                task("a").awaitsDecision(),
                task("after").dependsOn("a"),
                task("b").awaitsDecision());

        assertThat(store.cancel(Scope.ALL, id("a")).orElseThrow().ends())
                .containsExactlyInAnyOrder(Ends.cancelled("a"), Ends.skipped("after", Reason.DEPENDENCY));
        assertThat(store.delete(Scope.ALL, id("b")).orElseThrow().ends()).containsExactly(Ends.cancelled("b"));
    }

    @Test
    void batchThatStopsEndsADecision() {
        var runner = runner();
        submit(batch(
                Draft.OWNER,
                new NewBatch(new BatchId("plan"), null, null, true),
                task("a"),
                task("ask").awaitsDecision()));

        storeAll(runner, failed(claimOnly(runner).ref()));

        assertThat(row("ask").status())
                .isEqualTo(new TaskStatus(TaskState.SKIPPED, Reason.STOPPED.plain(), null, 1, 0, null));
    }

    @Test
    void failureOfWhatItDependsOnSkipsADecision() {
        var runner = runner();
        submit(task("a"), task("ask").awaitsDecision().dependsOn("a"));

        storeAll(runner, failed(claimOnly(runner).ref()));

        assertThat(row("ask").status().isBecause(Reason.DEPENDENCY)).isTrue();
    }
}
