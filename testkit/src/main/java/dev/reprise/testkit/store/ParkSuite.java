package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.parked;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Counters;
import dev.reprise.store.Reasons;
import dev.reprise.store.Standing;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tasks that nobody here can run: never failed, never lost, ready again when somebody can. */
public abstract class ParkSuite extends StoreSuite {

    private static final String NO_ACME = Reasons.UNKNOWN_PROVIDER + "acme";
    private static final String NO_JSON = Reasons.UNKNOWN_PROCESSOR + "json";

    /** For a suite with a subclass. */
    protected ParkSuite() {}

    @Test
    void parkedTaskKeepsItsReasonAndGetsItsAttemptNumberBack() {
        var runner = runner();
        var claimed = submitAndClaim(runner, task("a").provider("acme"));

        settleAll(runner, parked(claimed.ref(), NO_ACME));

        assertThat(row("a").standing()).isEqualTo(new Standing(TaskState.PARKED, NO_ACME, 1, 1, null));
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
        settleAll(one, parked(submitAndClaim(one, task("a").provider("acme")).ref(), NO_ACME));

        assertThat(one.unpark(Set.of("fake"), Set.of("json"))).isZero();
        assertThat(one.unpark(Set.of(), Set.of())).isZero();
        assertThat(state("a")).isEqualTo(TaskState.PARKED);

        assertThat(two.unpark(Set.of("fake", "acme"), Set.of())).isEqualTo(1);
        assertThat(row("a").standing()).isEqualTo(new Standing(TaskState.READY, null, 1, 1, null));
        assertThat(claimOnly(two).row())
                .satisfies(row -> assertThat(row.standing().epoch()).isEqualTo(2))
                .satisfies(row -> assertThat(row.counters().attempts()).isEqualTo(1));
        assertThat(two.unpark(Set.of("fake", "acme"), Set.of())).isZero();
    }

    @Test
    void parkedTaskIsReadyAgainForARunnerThatKnowsItsProcessor() {
        var runner = runner();
        settleAll(
                runner,
                parked(submitAndClaim(runner, task("a").processor("json")).ref(), NO_JSON));

        assertThat(runner.unpark(Set.of("fake", "json"), Set.of("xml"))).isZero();
        assertThat(runner.unpark(Set.of("fake"), Set.of("xml", "json"))).isEqualTo(1);
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void namesAreComparedToTheLetter() {
        var runner = runner();
        settleAll(
                runner,
                parked(submitAndClaim(runner, task("a").provider("acme")).ref(), NO_ACME));

        assertThat(runner.unpark(Set.of("Acme", "acme ", "acm", "acme-2", "%", "ac_e"), Set.of("acme")))
                .isZero();
        assertThat(state("a")).isEqualTo(TaskState.PARKED);
    }

    @Test
    void unreadableTaskStaysParked() {
        var runner = runner();
        settleAll(runner, parked(submitAndClaim(runner, task("a")).ref(), Reasons.UNREADABLE));

        assertThat(runner.unpark(Set.of("fake"), Set.of())).isZero();
        assertThat(row("a").standing().reason()).isEqualTo(Reasons.UNREADABLE);
    }

    @Test
    void parkingRepeatedHasTheEffectOfOne() {
        var runner = runner();
        settleAll(
                runner, retry(submitAndClaim(runner, task("a").provider("acme")).ref(), Duration.ZERO));
        var outcome = parked(claimOnly(runner).ref(), NO_ACME);
        settleAll(runner, outcome);
        var parked = read("a");

        settle(runner, outcome);

        assertThat(read("a")).isEqualTo(parked);
        assertThat(row("a").counters()).isEqualTo(new Counters(1, 1, 0, 0, 0));
    }

    @Test
    void dependentsWaitForAParkedTask() {
        var runner = runner();
        submit(task("a").provider("acme"), task("b").dependsOn("a"));
        settleAll(runner, parked(claimOnly(runner).ref(), NO_ACME));
        assertThat(state("b")).isEqualTo(TaskState.WAITING);

        runner.unpark(Set.of("acme"), Set.of());
        settleAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(state("b")).isEqualTo(TaskState.READY);
    }
}
