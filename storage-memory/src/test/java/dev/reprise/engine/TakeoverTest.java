package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.event.Health;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.store.NewTask.OnCrash;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that die, freeze, or lose the store, over one store that others go on with. */
class TakeoverTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void anotherProcessGoesOnWithWhatADeadOneWasDoing() {
        var dying = FakeProvider.builder().clock(world.clock).hangs().build();
        var first = world.start(world.process(dying, link.store()).retry(RetrySchedule.never()));
        var id = first.generate(GenerationRequest.of("hello")).id();
        world.until(() -> dying.underWay() == 1);
        link.cut();

        var healthy = FakeProvider.builder().clock(world.clock).replies("done").build();
        var second = world.start(world.process(healthy).retry(RetrySchedule.never()));
        var generation = world.until(second.handle(id).future());

        // The crash was not counted as an attempt of the schedule, which allows a single one.
        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(generation.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.SUCCEEDED);
        assertThat(world.passed()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(35));
    }

    @Test
    void aProcessLooksAfterTheDeadWhenItStarts() {
        var provider = FakeProvider.builder().clock(world.clock).replies("done").build();

        world.start(world.process(provider, link.store()));

        assertThat(link.looks()).isEqualTo(1);
        assertThat(world.passed()).isZero();
    }

    @Test
    void aGenerationThatMustNotBeSentTwiceFailsWhenItsProcessDied() {
        var dying = FakeProvider.builder().clock(world.clock).hangs().build();
        var first = world.start(world.process(dying, link.store()).onCrash(OnCrash.FAIL));
        var id = first.generate(GenerationRequest.of("hello")).id();
        world.until(() -> dying.underWay() == 1);
        link.cut();

        var healthy = FakeProvider.builder().clock(world.clock).replies("done").build();
        var second = world.start(healthy);
        world.until(() -> second.get(id).orElseThrow().state().isTerminal());

        var generation = second.get(id).orElseThrow();
        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(generation.failure()).isNotNull();
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.CRASHED);
        assertThat(healthy.callCount()).isZero();
    }

    @Test
    void theLateResultOfATakenOverTaskIsDroppedAndItsUsageIsKept() {
        var slow = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(50))
                .replies("late")
                .build();
        var first = world.start(world.process(slow, link.store()));
        var id = first.generate(GenerationRequest.of("hello")).id();
        world.until(() -> slow.underWay() == 1);
        link.cut();
        var healthy =
                FakeProvider.builder().clock(world.clock).replies("in time").build();
        var second = world.start(healthy);
        var generation = world.until(second.handle(id).future());
        assertThat(generation.result()).isNotNull();
        assertThat(generation.result().output()).isEqualTo("in time");

        link.mend();
        world.until(() -> second.get(id).orElseThrow().attempts().get(0).outcome() == AttemptOutcome.LATE);

        var after = second.get(id).orElseThrow();
        assertThat(after.result()).isEqualTo(generation.result());
        assertThat(after.attempts().get(0).outcome()).isEqualTo(AttemptOutcome.LATE);
    }

    @Test
    void aProcessThatWasDeclaredDeadTakesANewIncarnationAndGoesOn() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.reply("done"))
                .build();
        var first = world.start(world.process(provider, link.store()));
        world.start(world.process(provider));
        link.cut();
        world.clock.advance(Duration.ofSeconds(40));
        assertThat(first.health().status()).isEqualTo(Health.Status.DEGRADED);
        link.mend();
        world.clock.advance(Duration.ofSeconds(40));

        assertThat(first.health().status()).isEqualTo(Health.Status.UP);
        assertThat(world.until(first.generate(GenerationRequest.of("hello")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void anOutcomeWaitsForAStoreThatIsAwayAndIsStoredOnce() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(3))
                .replies("done")
                .build();
        var client = world.start(world.process(provider, link.store()));
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);
        link.cut();
        world.clock.advance(Duration.ofSeconds(10));
        assertThat(client.health().unsaved()).isEqualTo(1);
        assertThat(client.health().problems()).isNotEmpty();
        link.mend();

        var generation = world.until(handle.future());

        assertThat(generation.attempts()).hasSize(1);
        assertThat(provider.callCount()).isEqualTo(1);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(client.health().problems()).isEmpty();
    }

    @Test
    void anOutcomeWhoseAnswerWasLostIsRecognised() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(3))
                .replies("done")
                .build();
        var client = world.start(world.process(provider, link.store()));
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);
        link.loseAnswersOf("storeOutcomes");
        world.clock.advance(Duration.ofSeconds(6));
        assertThat(client.health().unsaved()).isEqualTo(1);
        link.mend();

        var generation = world.until(handle.future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(generation.attempts()).extracting(Attempt::outcome).containsExactly(AttemptOutcome.SUCCEEDED);
        world.until(() -> client.health().unsaved() == 0);
    }

    @Test
    void aClaimWhoseAnswerWasLostIsHandedBackWithoutAnAttempt() {
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var provider = FakeProvider.builder().clock(world.clock).replies("done").build();
        var client = world.start(world.process(provider, link.store()));
        world.clock.advance(Duration.ofSeconds(2));
        link.loseAnswersOf("claim");
        var handle = submitter.generate(GenerationRequest.of("hello"));
        world.until(() -> handle.now().state() == TaskState.RUNNING);
        link.mend();
        var generation = world.until(handle.future());

        assertThat(generation.attempts()).extracting(Attempt::number).containsExactly(1);
        assertThat(provider.callCount()).isEqualTo(1);
        assertThat(world.passed()).isLessThan(Duration.ofSeconds(15));
        assertThat(client.health().running()).isZero();
    }

    @Test
    void noCallBeginsOnceHalfALeaseHasPassedWithoutABeat() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.SERVER)
                .otherwise(FakeOutcome.reply("done"))
                .build();
        var client =
                world.start(world.process(provider, link.store()).retry(RetrySchedule.delays(Duration.ofSeconds(20))));
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> handle.now().state() == TaskState.SCHEDULED);
        link.cut();
        world.clock.advance(Duration.ofSeconds(25));

        assertThat(provider.callCount()).isEqualTo(1);
        assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);
    }

    @Test
    void aPoisonTaskThatKillsEveryProcessEnds() {
        var clients = new ArrayList<CutOffStore>();
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var handle = submitter.generate(GenerationRequest.of("poison"));
        for (int i = 0; i < 10; i++) {
            var connection = new CutOffStore(world.store);
            clients.add(connection);
            var dying = FakeProvider.builder().clock(world.clock).hangs().build();
            world.start(world.process(dying, connection.store()));
            world.until(() -> dying.underWay() == 1);
            connection.cut();
        }
        world.start(FakeProvider.builder().clock(world.clock).build());
        world.until(() -> handle.now().state().isTerminal());
        clients.forEach(CutOffStore::mend);

        assertThat(handle.now().failure()).isNotNull();
        assertThat(handle.now().failure().kind()).isEqualTo(FailureKind.CRASHED);
        assertThat(handle.now().attempts()).extracting(Attempt::outcome).isEqualTo(unknown(10));
    }

    private static List<AttemptOutcome> unknown(int count) {
        return java.util.Collections.nCopies(count, AttemptOutcome.UNKNOWN);
    }
}
