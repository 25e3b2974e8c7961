package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.limited;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.KnownNames;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Reason;
import dev.reprise.store.Scope;
import dev.reprise.store.StateReason;
import dev.reprise.store.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tasks that nobody here can run: never failed, never lost, ready again when somebody can. */
public abstract class ParkSuite extends StoreSuite {

    private static final StateReason NO_ACME = Reason.UNKNOWN_PROVIDER.of("acme");
    private static final StateReason NO_JSON = Reason.UNKNOWN_PROCESSOR.of("json");

    /** For a suite with a subclass. */
    protected ParkSuite() {}

    @Test
    void parkedTaskKeepsItsReasonAndGetsItsAttemptNumberBack() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a").provider("acme"));

        storeAll(runner, parked(claimed.ref(), NO_ACME));

        assertThat(row("a").status()).isEqualTo(new TaskStatus(TaskState.PARKED, NO_ACME, null, 1, 1, null));
        assertThat(row("a").counters()).isEqualTo(Counters.NONE);
        assertThat(read("a").attempts()).isEmpty();
        assertThat(row("a").times().finishedAt()).isNull();
        assertThat(runner.beat().held()).isEmpty();
        assertThat(runner.claim(10)).isEmpty();
    }

    @Test
    void parkedTaskIsReadyAgainForARunnerThatKnowsItsProvider() {
        var one = runner();
        var two = runner(subject.openSecond());
        storeAll(one, parked(submitAndClaim(one, task("a").provider("acme")).ref(), NO_ACME));

        assertThat(one.unpark(new KnownNames(Set.of("fake"), Set.of("json"), Set.of())))
                .isZero();
        assertThat(one.unpark(knows())).isZero();
        assertThat(state("a")).isEqualTo(TaskState.PARKED);

        assertThat(two.unpark(knows("fake", "acme"))).isEqualTo(1);
        assertThat(row("a").status()).isEqualTo(new TaskStatus(TaskState.READY, null, null, 1, 1, null));
        assertThat(claimOnly(two).row())
                .satisfies(row -> assertThat(row.status().epoch()).isEqualTo(2))
                .satisfies(row -> assertThat(row.counters().attempts()).isEqualTo(1));
        assertThat(two.unpark(knows("fake", "acme"))).isZero();
    }

    @Test
    void parkedTaskIsReadyAgainForARunnerThatKnowsItsProcessor() {
        var runner = runner();
        storeAll(
                runner,
                parked(submitAndClaim(runner, task("a").processor("json")).ref(), NO_JSON));

        assertThat(runner.unpark(new KnownNames(Set.of("fake", "json"), Set.of("xml"), Set.of())))
                .isZero();
        assertThat(runner.unpark(new KnownNames(Set.of("fake"), Set.of("xml", "json"), Set.of())))
                .isEqualTo(1);
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void namesAreComparedToTheLetter() {
        var runner = runner();
        storeAll(
                runner,
                parked(submitAndClaim(runner, task("a").provider("acme")).ref(), NO_ACME));

        assertThat(runner.unpark(new KnownNames(
                        Set.of("Acme", "acme ", "acm", "acme-2", "%", "ac_e"), Set.of("acme"), Set.of())))
                .isZero();
        assertThat(state("a")).isEqualTo(TaskState.PARKED);
    }

    @Test
    void unreadableTaskStaysParked() {
        var runner = runner();
        storeAll(runner, parked(submitAndClaim(runner, task("a")).ref(), Reason.UNREADABLE.plain()));

        assertThat(runner.unpark(knows("fake"))).isZero();
        assertThat(row("a").status().reason()).isEqualTo(Reason.UNREADABLE.plain());
    }

    @Test
    void parkingRepeatedHasTheEffectOfOne() {
        var runner = runner();
        storeAll(
                runner, retry(submitAndClaim(runner, task("a").provider("acme")).ref(), Duration.ZERO));
        var outcome = parked(claimOnly(runner).ref(), NO_ACME);
        storeAll(runner, outcome);
        var parked = read("a");

        assertThat(storeOutcome(runner, outcome)).isEqualTo(OutcomeReceipt.ALREADY_STORED);

        assertThat(read("a")).isEqualTo(parked);
        assertThat(row("a").counters()).isEqualTo(new Counters(1, 1, 0, 0, 0));
    }

    @Test
    void parkedTaskIsReadyAgainForARunnerThatKnowsItsHandler() {
        var runner = runner();
        storeAll(
                runner,
                parked(submitAndClaim(runner, task("a").handler("render")).ref(), Reason.UNKNOWN_HANDLER.of("render")));

        assertThat(runner.unpark(knows("render"))).isZero();
        assertThat(runner.unpark(new KnownNames(Set.of(), Set.of(), Set.of("render"))))
                .isEqualTo(1);
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void taskUnparkedInAFullBatchQueuesForAPlace() {
        var runner = runner();
        submit(limited("batch-1", 1, task("a"), task("b"), task("c")));
        storeAll(runner, parked(claimOnly(runner).ref(), NO_ACME));
        assertThat(states("a", "b", "c")).containsExactly(TaskState.PARKED, TaskState.READY, TaskState.HELD);

        assertThat(runner.unpark(knows("fake"))).isEqualTo(1);
        assertThat(states("a", "b", "c")).containsExactly(TaskState.HELD, TaskState.READY, TaskState.HELD);
        assertThat(row("a").status().reason()).isEqualTo(Reason.ADMISSION.plain());

        var b = claimOnly(runner).ref();
        assertThat(states("a", "c")).as("while another runs").containsOnly(TaskState.HELD);
        storeAll(runner, retry(b, Duration.ofMinutes(1)));
        assertThat(states("a", "b", "c")).containsExactly(TaskState.HELD, TaskState.SCHEDULED, TaskState.HELD);
        store.cancel(Scope.ALL, Draft.id("b"));
        assertThat(states("a", "c")).containsExactly(TaskState.READY, TaskState.HELD);
    }

    @Test
    void taskUnparkedInABatchWithRoomTakesIt() {
        var runner = runner();
        submit(limited("batch-1", 2, task("a"), task("b")));
        storeAll(runner, parked(runner.claim(1).get(0).ref(), NO_ACME));

        assertThat(runner.unpark(knows("fake"))).isEqualTo(1);

        assertThat(states("a", "b")).containsOnly(TaskState.READY);
    }

    @Test
    void whatHasBeenTriedIsLetInFirst() {
        var runner = runner();
        submit(task("before").startIn(Duration.ofMinutes(1)));
        submit(limited(
                "batch-1",
                1,
                task("urgent").priority(9).dependsOn("before"),
                task("tried"),
                task("other").priority(-1)));
        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ZERO));
        storeAll(runner, parked(claimOnly(runner).ref(), NO_ACME));
        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ofHours(1)));
        pass(runner, Duration.ofMinutes(1));
        runner.promote();
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        runner.unpark(knows("fake"));
        assertThat(states("urgent", "tried", "other"))
                .containsExactly(TaskState.HELD, TaskState.HELD, TaskState.SCHEDULED);

        store.cancel(Scope.ALL, Draft.id("other"));

        assertThat(states("urgent", "tried")).containsExactly(TaskState.HELD, TaskState.READY);
    }

    @Test
    void manyUnparkedAtOnceTakeAsManyPlacesAsThereAre() {
        var runner = runner();
        submit(limited("batch-1", 5, Draft.many("t", 5)));
        runner.claim(5).forEach(task -> storeAll(runner, parked(task.ref(), NO_ACME)));
        submit(limited("batch-2", 2, Draft.many("u", 4)));
        runner.claim(2).forEach(task -> storeAll(runner, parked(task.ref(), NO_ACME)));
        runner.claim(2).forEach(task -> storeAll(runner, parked(task.ref(), NO_ACME)));

        assertThat(runner.unpark(knows("fake"))).isEqualTo(9);

        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.READY, 7L, TaskState.HELD, 2L));
        assertThat(states("u0000", "u0001")).containsOnly(TaskState.READY);
    }

    @Test
    void dependentsWaitForAParkedTask() {
        var runner = runner();
        submit(task("a").provider("acme"), task("b").dependsOn("a"));
        storeAll(runner, parked(claimOnly(runner).ref(), NO_ACME));
        assertThat(state("b")).isEqualTo(TaskState.WAITING);

        runner.unpark(knows("acme"));
        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
    }
}
