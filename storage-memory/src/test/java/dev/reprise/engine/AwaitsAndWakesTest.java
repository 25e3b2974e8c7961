package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Guard.Admission;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits is told at once where that can be, the store is asked no more than needed, and events come once. */
class AwaitsAndWakesTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void whatHasEndedBeforeAnybodyWaitedIsKnownAtOnce() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(handle.future());

        var future = client.handle(handle.id()).future();
        world.clock.advance(Duration.ZERO);

        assertThat(future).isCompleted();
    }

    @Test
    void whoAwaitsAFailureIsGivenItAsItIs() {
        var client = world.start(FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.AUTH)
                .build());
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> handle.now().state().isTerminal());

        assertThatThrownBy(handle::await).isInstanceOf(GenerationFailedException.class);
    }

    @Test
    void allWhoWaitForOneAreTold() {
        var provider =
                FakeProvider.builder().clock(world.clock).latency(ofSeconds(2)).build();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        var first = handle.future();
        var second = handle.future();

        world.clock.advance(ofSeconds(2));

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void theStoreIsAskedOnlyForWhatIsAwaited() {
        var asked = new AtomicInteger();
        link.before("states", asked::incrementAndGet);
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build(), link.store()));

        client.generate(GenerationRequest.of("not awaited"));
        world.clock.advance(ofSeconds(3));
        assertThat(asked).hasValue(0);
        world.until(client.generate(GenerationRequest.of("awaited")).future());
        var before = asked.get();
        world.clock.advance(ofSeconds(3));

        assertThat(asked).hasValue(before);
    }

    @Test
    void wakingLooksForWorkAndForEndsAtOnce() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var first = world.start(world.process(provider, link.store()));
        var submitter = world.start(world.process(provider).submitOnly());
        link.refuse("claim");
        var handle = submitter.generate(GenerationRequest.of("hello"));
        var future = handle.future();
        world.clock.advance(Duration.ofMillis(100));
        link.mend();

        first.wake();
        world.clock.advance(Duration.ofMillis(100));
        assertThat(provider.callCount()).isEqualTo(1);
        assertThat(future).isNotDone();
        submitter.wake();
        world.clock.advance(Duration.ofMillis(100));

        assertThat(future).isCompleted();
    }

    @Test
    void aNewProcessBeginsWithWhatWaitsAndWithWhatItAloneKnows() {
        var other = FakeProvider.builder().name("other").clock(world.clock).build();
        var submitter = world.start(world.process(other).submitOnly());
        var parked = submitter.generate(GenerationRequest.of("parked"));
        var knowing =
                world.process(FakeProvider.builder().clock(world.clock).build()).build();
        world.clock.advance(ofSeconds(1));
        knowing.close();
        assertThat(parked.now().progress().reason()).isNotNull();
        submitter.generate(GenerationRequest.of("waiting"));

        world.start(other);
        world.clock.advance(Duration.ZERO);

        assertThat(other.callCount()).isEqualTo(2);
    }

    @Test
    void whatIsKnownByItsKeyIsNotAnnouncedAgain() {
        var events = new CopyOnWriteArrayList<GenerationEvent>();
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).listener(events::add));
        var single = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("one")
                .build();
        var several = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("two")
                .build();

        for (int i = 0; i < 2; i++) {
            world.until(client.generate(single).future());
            world.until(client.variations(several, 2).future());
        }
        world.clock.advance(Duration.ZERO);

        assertThat(events.stream().filter(GenerationEvent.Created.class::isInstance))
                .hasSize(3);
    }

    @Test
    void aFailureIsHeardOfAsFinished() {
        var events = new CopyOnWriteArrayList<GenerationEvent>();
        var client = world.start(world.process(FakeProvider.builder()
                        .clock(world.clock)
                        .fails(FailureKind.AUTH)
                        .build())
                .listener(events::add));

        client.generate(GenerationRequest.of("hello"));
        world.clock.advance(Duration.ZERO);

        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Created", "Started", "Finished");
    }

    @Test
    void beatsAreSpreadByUpToATenthAndNeverComeEarly() {
        var beats = new CopyOnWriteArrayList<Duration>();
        link.before("beat", () -> beats.add(world.passed()));
        world.start(world.process(FakeProvider.builder().clock(world.clock).build(), link.store())
                .random(new Random(7)));

        world.clock.advance(ofSeconds(60));

        var gaps = IntStream.range(1, beats.size())
                .mapToObj(i -> beats.get(i).minus(beats.get(i - 1)))
                .toList();
        assertThat(gaps).allMatch(gap -> gap.compareTo(ofSeconds(1)) >= 0 && gap.toMillis() <= 1_100);
        assertThat(gaps.stream().distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void whoWaitsForOneProviderDoesNotPutOffThoseOfAnother() {
        Guard guard = (provider, model) -> new Admission.Later(ofSeconds(10));
        var a = FakeProvider.builder().name("a").clock(world.clock).build();
        var b = FakeProvider.builder().name("b").clock(world.clock).build();
        var client = world.start(world.process(a).provider(b).guard(guard));
        client.generateAll(IntStream.range(0, 20)
                .mapToObj(i -> GenerationRequest.builder()
                        .prompt("hello")
                        .provider("a")
                        .build())
                .toList());
        world.clock.advance(Duration.ZERO);
        var other = client.generate(
                GenerationRequest.builder().prompt("hello").provider("b").build());
        world.clock.advance(Duration.ZERO);

        assertThat(other.now().progress().dueAt()).isEqualTo(VirtualWorld.START.plusSeconds(10));
    }

    @Test
    void aClaimThatWasHandedBackWhileItsAnswerWasUnderWayFreesItsSlot() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(world.process(provider, link.store()).maxConcurrent(1));
        var submitter = world.start(world.process(provider).submitOnly());
        world.clock.advance(ofSeconds(2));
        var slow = new AtomicInteger(1);
        link.after("claim", () -> {
            if (slow.getAndDecrement() > 0) {
                try {
                    world.clock.sleep(ofSeconds(5));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        var handles = List.of(
                submitter.generate(GenerationRequest.of("one")), submitter.generate(GenerationRequest.of("two")));

        for (var handle : handles) {
            assertThat(world.until(handle.future()).attempts()).hasSize(1);
        }
        assertThat(provider.callCount()).isEqualTo(2);
        assertThat(client.health().running()).isZero();
    }
}
