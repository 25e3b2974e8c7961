package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one attempt leaves to the next, what is counted, and what listeners hear of it. */
class AttemptsThatGoOnTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void aSixthPauseIsAFailure() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.paused("more"))
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.never()));

        var generation = ended(client.generate(GenerationRequest.of("hello")));

        assertThat(generation.state()).isEqualTo(TaskState.FAILED);
        assertThat(provider.callCount()).isEqualTo(6);
    }

    @Test
    void aPauseDoesNotUseUpTheRepeatWithoutAParameter() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .pauses("one")
                .rejectsParameter("temperature")
                .replies("done")
                .build();
        var client = world.start(world.process(provider).retry(RetrySchedule.never()));

        assertThat(world.until(client.generate(GenerationRequest.of("hello")).future())
                        .attempts())
                .hasSize(3);
    }

    @Test
    void whatAPauseLeftSurvivesFailuresWaitsForLeaveAndARestart() {
        var admissions = new AtomicInteger();
        Guard guard = (name, model) -> admissions.incrementAndGet() == 3
                ? new Admission.Later(ofSeconds(4))
                : new Admission.Admitted(reply -> {});
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .pauses("left")
                .fails(FailureKind.SERVER)
                .hangs()
                .build();
        var client = world.process(provider).guard(guard).build();
        var id = client.generate(GenerationRequest.of("hello")).id();
        world.until(() -> provider.underWay() == 1 && provider.callCount() == 3);
        client.close();
        var next = FakeProvider.builder().clock(world.clock).replies("done").build();
        world.until(world.start(next).handle(id).future());

        assertThat(provider.call(2).request().carry()).isEqualTo("left");
        assertThat(provider.call(3).request().carry()).isEqualTo("left");
        assertThat(next.call(1).request().carry()).isEqualTo("left");
    }

    @Test
    void anAttemptCutOffByClosingIsNotCounted() {
        var hanging = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.process(hanging).build();
        var id = client.generate(GenerationRequest.of("hello")).id();
        world.until(() -> hanging.underWay() == 1);
        client.close();

        var next = FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.SERVER)
                .replies("done")
                .build();
        var second = world.start(world.process(next).retry(RetrySchedule.delays(ofSeconds(1))));

        assertThat(world.until(second.handle(id).future()).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.CANCELLED, AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
    }

    @Test
    void cancellingReachesTheCallAtOnceAndKeepsItsTextAndUsage() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .then(FakeOutcome.hanging().afterStreaming("half").using(Usage.of(5, 1)))
                .build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> provider.underWay() == 1);
        var future = handle.future();

        handle.cancel();
        world.clock.advance(Duration.ZERO);

        assertThat(provider.underWay()).isZero();
        assertThat(future).isCompletedExceptionally();
        assertThat(handle.now().usage()).isEqualTo(Usage.of(5, 1));
        assertThat(handle.now().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.exchange().text()).isEqualTo("half"));
    }

    @Test
    void whoCancelledWhatAnotherProcessRunsKnowsAtOnceThatItHasEnded() {
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        world.start(provider);
        var web = world.start(world.process(provider).submitOnly());
        var handle = web.generate(GenerationRequest.of("hello"));
        var future = handle.future();
        world.until(() -> provider.underWay() == 1);

        handle.cancel();
        world.clock.advance(Duration.ZERO);

        assertThat(future).isCompletedExceptionally();
    }

    @Test
    void aPauseIsHeardOfAndAFirstAttemptIsNoRestart() {
        var events = new CopyOnWriteArrayList<GenerationEvent>();
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .pauses("one")
                .replies("done")
                .build();
        var client = world.start(world.process(provider).listener(events::add));

        world.until(client.generate(GenerationRequest.of("hello")).future());
        world.clock.advance(Duration.ZERO);

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Created", "Started", "RetryScheduled", "Started", "Restarted", "Finished");
    }

    @Test
    void whatIsDeletedDuringItsCallIsHeardOfAsFinishedWithoutItsTexts() {
        var events = new CopyOnWriteArrayList<GenerationEvent>();
        var provider = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.start(world.process(provider).listener(events::add));
        var handle = client.generate(GenerationRequest.of("a secret"));
        world.until(() -> provider.underWay() == 1);

        client.delete(handle.id());
        world.clock.advance(Duration.ZERO);

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Created", "Started", "Finished");
        var finished = (GenerationEvent.Finished) events.get(2);
        assertThat(finished.slot().id()).isEqualTo(handle.id());
        assertThat(finished.generation().state()).isEqualTo(TaskState.CANCELLED);
        assertThat(finished.generation().failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(finished.toString()).doesNotContain("secret");
    }

    @Test
    void nothingIsHeardOfOutcomesThatCameTooLate() {
        for (boolean fails : List.of(true, false)) {
            var events = new CopyOnWriteArrayList<GenerationEvent>();
            var stubborn = new CodeProvider((request, control, number) -> {
                world.clock.sleep(ofSeconds(50));
                return fails ? CodeProvider.failed(FailureKind.SERVER) : CodeProvider.completed("late");
            });
            var first =
                    world.process(stubborn, link.store()).listener(events::add).build();
            var handle = first.generate(GenerationRequest.of("hello"));
            world.until(() -> stubborn.calls().get() == 1);
            link.cut();
            var slow = new CodeProvider((request, control, number) -> {
                world.clock.sleep(ofSeconds(60));
                return CodeProvider.completed("in time");
            });
            var second = world.process(slow).build();
            world.until(() -> slow.calls().get() == 1);
            world.clock.advance(ofSeconds(30));
            link.mend();
            world.until(() ->
                    second.get(handle.id()).orElseThrow().attempts().get(0).outcome() == AttemptOutcome.LATE);
            world.clock.advance(ofSeconds(3));

            assertThat(second.get(handle.id()).orElseThrow().state()).isEqualTo(TaskState.RUNNING);
            assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Created", "Started");
            assertThat(first.health().running()).isZero();
            world.until(() -> second.get(handle.id()).orElseThrow().state() == TaskState.SUCCEEDED);
            first.close();
            second.close();
        }
    }

    private Generation ended(GenerationHandle handle) {
        world.until(() -> handle.now().state().isTerminal());
        return handle.now();
    }
}
