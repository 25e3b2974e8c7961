package dev.reprise.engine;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationRequest;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When work is looked for, and in which order it comes in. */
class IntakeTest {

    private final VirtualWorld world = new VirtualWorld();
    private final CutOffStore link = new CutOffStore(world.store);

    @AfterEach
    void close() {
        link.mend();
        world.close();
    }

    @Test
    void whatIsDueIsBegunWhenItIsDueAndNotAtTheNextLook() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .retryAfter(ofMillis(10_300))
                .retryAfter(ofMillis(2_700))
                .otherwise(FakeOutcome.reply("done"))
                .build();
        var client = world.start(provider);
        world.until(() -> world.passed().isZero());
        var timers = world.clock.timers();
        var late = client.generate(GenerationRequest.of("late")).future();
        world.until(() -> provider.callCount() == 1);
        var early = client.generate(GenerationRequest.of("early")).future();
        world.until(() -> provider.callCount() == 2);
        assertThat(world.clock.timers()).isEqualTo(timers + 1);
        world.until(early);
        world.until(late);

        assertThat(begun(provider)).containsExactly(Duration.ZERO, Duration.ZERO, ofMillis(2_700), ofMillis(10_300));
    }

    @Test
    void aProcessThatStartsKnowsWhenTheNextIsDue() {
        var before = FakeProvider.builder()
                .clock(world.clock)
                .retryAfter(ofMillis(4_300))
                .build();
        var first = world.process(before).build();
        first.generate(GenerationRequest.of("hello"));
        world.until(() -> before.callCount() == 1);
        first.close();
        var after = FakeProvider.builder().clock(world.clock).build();
        world.start(after);

        world.until(() -> after.callCount() == 1);

        assertThat(world.passed()).isEqualTo(ofMillis(4_300));
    }

    @Test
    void aSubmitDoesNotOvertakeWhatCouldNotBeClaimed() {
        var submitter = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).submitOnly());
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(world.process(provider, link.store()).maxConcurrent(1));
        world.clock.advance(ofSeconds(2));
        link.refuse("claim");
        submitter.generate(GenerationRequest.of("old"));
        world.clock.advance(ofMillis(10));
        var handle = client.generate(GenerationRequest.of("new"));
        world.clock.advance(ofMillis(10));
        assertThat(provider.callCount()).isZero();

        link.mend();
        world.until(handle.future());

        assertThat(provider.calls()).extracting(FakeCall::lastTurn).containsExactly("old", "new");
    }

    @Test
    void nothingIsLookedForWhereNothingWaits() {
        var provider =
                FakeProvider.builder().clock(world.clock).latency(ofMillis(100)).build();
        var client = world.start(world.process(provider, link.store()));
        world.clock.advance(ofMillis(1_100));
        var looks = new AtomicInteger();
        link.before("claim", looks::incrementAndGet);

        for (int i = 0; i < 3; i++) {
            world.until(client.generate(GenerationRequest.of("hello")).future());
        }

        assertThat(world.passed()).isEqualTo(ofMillis(1_400));
        assertThat(looks).hasValue(0);
    }

    @Test
    void aSubmitWithMoreThanTheFreeSlotsGoesOnByItself() {
        var provider =
                FakeProvider.builder().clock(world.clock).latency(ofMillis(100)).build();
        var client = world.start(world.process(provider).maxConcurrent(2));
        world.clock.advance(ofMillis(1_100));

        var handles = client.generateAll(List.of(
                GenerationRequest.of("1"),
                GenerationRequest.of("2"),
                GenerationRequest.of("3"),
                GenerationRequest.of("4"),
                GenerationRequest.of("5")));
        world.until(handles.get(4).future());

        assertThat(begun(provider))
                .containsExactly(ofMillis(1_100), ofMillis(1_100), ofMillis(1_200), ofMillis(1_200), ofMillis(1_300));
    }

    private static List<Duration> begun(FakeProvider provider) {
        return provider.calls().stream()
                .map(call -> Duration.between(VirtualWorld.START, call.startedAt()))
                .toList();
    }
}
