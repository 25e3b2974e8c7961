package dev.reprise.engine;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deadline counts the waits: for a slot, for a process that runs anything, for one that knows the provider. */
class DeadlinesWhileWaitingTest {

    private final VirtualWorld world = new VirtualWorld();
    private final List<GenerationEvent> events = new CopyOnWriteArrayList<>();
    private final FakeProvider slow =
            FakeProvider.builder().clock(world.clock).latency(ofMinutes(5)).build();

    @AfterEach
    void close() {
        world.close();
    }

    private static GenerationRequest within(Duration deadline) {
        return GenerationRequest.builder().prompt("hello").deadline(deadline).build();
    }

    private GenerationClient busyClient() {
        var client = world.start(world.process(slow).maxConcurrent(1).listener(events::add));
        client.generate(GenerationRequest.of("first"));
        world.until(() -> slow.underWay() == 1);
        return client;
    }

    @Test
    void whatWaitsForASlotFailsAtItsDeadline() {
        var client = busyClient();
        var handle = client.generate(within(ofSeconds(90)));

        var failure = world.until(handle.future().handle((generation, thrown) -> thrown));

        assertThat(world.passed()).isBetween(ofSeconds(90), ofSeconds(90).plusMillis(10));
        assertThat(failure).isInstanceOf(GenerationFailedException.class);
        assertThat(handle.now()).satisfies(generation -> {
            assertThat(generation.state()).isEqualTo(TaskState.FAILED);
            assertThat(generation.attempts()).isEmpty();
            assertThat(generation.failure()).isNotNull();
            assertThat(generation.failure().kind()).isEqualTo(FailureKind.DEADLINE);
            assertThat(generation.failure().blame()).isEqualTo(Blame.CALLER);
            assertThat(generation.failure().userMessage()).doesNotContain("FAILED");
            assertThat(generation.failure().reference()).isEqualTo(handle.id().value() + "#0");
        });
        world.until(() -> slow.underWay() == 0);
        world.clock.advance(ofMinutes(10));
        assertThat(slow.callCount()).as("the slot that came too late").isEqualTo(1);
    }

    @Test
    void listenersHearThatItFailed() {
        var client = busyClient();
        var id = client.generate(within(ofSeconds(90))).id();

        world.clock.advance(ofSeconds(91));

        assertThat(events.stream().filter(event -> event.slot().id().equals(id)))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Created", "Finished");
    }

    @Test
    void variationsThatWaitTooLongFailBesideThoseThatSucceed() {
        var client = world.start(world.process(slow).maxConcurrent(2));
        var handle = client.variations(within(ofMinutes(6)), 3);

        var batch = world.until(handle.future());

        assertThat(batch.succeeded()).hasSize(2);
        assertThat(batch.failed()).hasSize(1);
        assertThat(batch.failed().get(0).failure().kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(world.passed()).isBetween(ofMinutes(6), ofMinutes(6).plusSeconds(1));
    }

    @Test
    void whatOnlyAnotherClientSubmittedIsLookedForToo() {
        var submitter = world.start(world.process(slow).submitOnly());
        var worker = busyClient();
        var handle = submitter.generate(within(ofSeconds(90)));

        world.clock.advance(ofSeconds(91));

        assertThat(handle.now().state()).isEqualTo(TaskState.FAILED);
        assertThat(worker.get(handle.id()).orElseThrow().failure().kind()).isEqualTo(FailureKind.DEADLINE);
    }

    @Test
    void whatNobodyKnowsHowToRunFailsAtItsDeadline() {
        var other = FakeProvider.builder()
                .name("other")
                .clock(world.clock)
                .model("m")
                .build();
        var submitter = world.start(world.process(other).submitOnly());
        world.start(slow);
        var handle = submitter.generate(within(ofSeconds(90)));
        world.clock.advance(ofSeconds(30));
        assertThat(handle.now().state()).isEqualTo(TaskState.PARKED);

        world.clock.advance(ofSeconds(61));

        assertThat(handle.now().failure().kind()).isEqualTo(FailureKind.DEADLINE);
        assertThat(handle.now().progress().finishedAt()).isNotNull();
    }

    @Test
    void troubleWithDeadlinesKeepsNothingFromBeingCalled() {
        var link = new CutOffStore(world.store);
        var client = world.start(world.process(slow, link.store()).maxConcurrent(1));
        client.generate(GenerationRequest.of("first"));
        var late = client.generate(within(ofSeconds(90)));
        link.refuse("expire");
        world.clock.advance(ofSeconds(100));
        assertThat(client.health().problems())
                .singleElement()
                .asString()
                .startsWith("failing what is beyond its deadline: ");

        world.clock.advance(ofMinutes(5));
        assertThat(late.now().failure().kind()).as("when its turn came").isEqualTo(FailureKind.DEADLINE);
        assertThat(client.health().problems()).as("nothing is left to fail").isEmpty();
        assertThat(world.until(client.generate(GenerationRequest.of("second")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whatCannotBePromotedKeepsNothingFromBeingCalled() {
        var link = new CutOffStore(world.store);
        var client = world.start(world.process(slow, link.store()).maxConcurrent(1));
        link.refuse("promote");
        var first = client.generate(GenerationRequest.of("first"));
        var second = client.generate(GenerationRequest.of("second"));

        assertThat(world.until(first.future()).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(world.until(second.future()).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(client.health().problems()).singleElement().asString().startsWith("promoting: ");
    }

    @Test
    void earlyRetryIsNotPutOffByALateOneThatWasScheduledAfterIt() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .script((request, number) -> switch (number) {
                    case 1 -> FakeOutcome.retryAfter(Duration.ofMillis(5_300));
                    case 2 -> FakeOutcome.retryAfter(ofMinutes(5));
                    default -> FakeOutcome.reply("done");
                })
                .build();
        var client = world.start(world.process(provider));
        var early = client.generate(GenerationRequest.of("early"));
        world.until(() -> provider.callCount() == 1);
        client.generate(GenerationRequest.of("late"));

        var generation = world.until(early.future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(world.passed()).isBetween(Duration.ofMillis(5_300), Duration.ofMillis(5_310));
    }
}
