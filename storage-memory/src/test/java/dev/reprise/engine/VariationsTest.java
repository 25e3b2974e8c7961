package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.event.GenerationEvent;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.BatchState;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.generation.TaskState;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several generations of one request, side by side. */
class VariationsTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void fourVariationsShareABatchAndACreationTimeAndAreIndexedFromZero() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());

        var batch =
                world.until(client.variations(GenerationRequest.of("a fox"), 4).future());

        assertThat(batch.state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(batch.generations()).extracting(Generation::variationIndex).containsExactly(0, 1, 2, 3);
        assertThat(batch.generations()).extracting(Generation::batchId).containsOnly(batch.id());
        assertThat(batch.generations()).extracting(Generation::createdAt).containsOnly(batch.createdAt());
        assertThat(batch.generations()).extracting(Generation::kind).containsOnly(GenerationKind.VARIATION);
    }

    @Test
    void oneThatFailsIsKeptBesideThoseThatSucceed() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("one", "two")
                .fails(FailureKind.AUTH)
                .replies("four")
                .build();
        var client = world.start(provider);

        var batch =
                world.until(client.variations(GenerationRequest.of("a fox"), 4).future());

        assertThat(batch.succeeded()).hasSize(3);
        assertThat(batch.failed()).hasSize(1);
        assertThat(batch.state()).isEqualTo(BatchState.PARTLY_FAILED);
    }

    @Test
    void aCountOutOfRangeIsRefusedBeforeAnythingIsStored() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());

        for (int count : List.of(-1, 0, 5)) {
            assertThatThrownBy(() -> client.variations(GenerationRequest.of("a fox"), count))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("count must be 1 to 4: " + count);
        }
        assertThat(client.list(GenerationQuery.all()).items()).isEmpty();
    }

    @Test
    void theLimitCanBeRaised() {
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build()).maxVariations(9));

        assertThat(world.until(client.variations(GenerationRequest.of("a fox"), 9)
                                .future())
                        .succeeded())
                .hasSize(9);
    }

    @Test
    void variationsAskForATemperatureAndASingleGenerationDoesNot() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .profile(new ModelProfile("fake-model", Support.YES, null))
                .build();
        var client = world.start(provider);

        world.until(client.variations(GenerationRequest.of("a fox"), 2).future());
        world.until(client.generate(GenerationRequest.of("a fox")).future());
        world.until(client.variations(GenerationRequest.of("a fox"), 1).future());

        assertThat(provider.calls())
                .extracting(FakeCall::request)
                .extracting(ProviderRequest::temperature)
                .containsExactly(0.9, 0.9, null, null);
        assertThat(provider.calls()).extracting(FakeCall::lastTurn).containsOnly("a fox");
    }

    @Test
    void whereTheTemperatureCannotBeSentEachVariationGetsAnAngleThatIsShown() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .profile(new ModelProfile("fake-model", Support.NO, null))
                .build();
        var client = world.start(provider);

        var batch =
                world.until(client.variations(GenerationRequest.of("a fox"), 4).future());

        assertThat(provider.calls())
                .extracting(FakeCall::request)
                .extracting(ProviderRequest::temperature)
                .containsOnlyNulls();
        assertThat(provider.calls().stream().map(FakeCall::lastTurn).distinct()).hasSize(4);
        assertThat(batch.generations()).allSatisfy(generation -> {
            assertThat(generation.request().prompt()).isEqualTo("a fox");
            assertThat(generation.result()).isNotNull();
            assertThat(generation.result().sent().diversity())
                    .startsWith("This is variation " + (index(generation) + 1) + " of 4");
        });
    }

    @Test
    void theAnglesCanBeSwitchedOff() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .profile(new ModelProfile("fake-model", Support.NO, null))
                .build();
        var client = world.start(world.process(provider).diversity(Diversity.off()));

        world.until(client.variations(GenerationRequest.of("a fox"), 2).future());

        assertThat(provider.calls()).extracting(FakeCall::lastTurn).containsOnly("a fox");
    }

    @Test
    void slotsFillAsTheyArrive() {
        var events = new CopyOnWriteArrayList<GenerationEvent>();
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .fails(FailureKind.SERVER)
                .otherwise(FakeOutcome.reply("done"))
                .build();
        var client = world.start(world.process(provider).listener(events::add));

        var batch =
                world.until(client.variations(GenerationRequest.of("a fox"), 2).future());
        world.until(() -> events.stream()
                        .filter(GenerationEvent.Finished.class::isInstance)
                        .count()
                == 2);

        assertThat(events).allMatch(event -> batch.id().equals(event.slot().batchId()));
        for (Generation generation : batch.generations()) {
            var kinds = events.stream()
                    .filter(event -> event.slot().id().equals(generation.id()))
                    .map(event -> event.getClass().getSimpleName())
                    .toList();
            assertThat(kinds)
                    .isIn(
                            List.of("Created", "Started", "Finished"),
                            List.of("Created", "Started", "RetryScheduled", "Started", "Restarted", "Finished"));
        }
    }

    @Test
    void outputIsProcessedBesideTheRawTextAndTheRequestOverridesWhatIsExtracted() {
        var text = "Here:\n```tsx\nexport const fps = 90;\n```\n";
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.reply(text))
                .build();
        var processor = OutputProcessors.stripFence()
                .then(OutputProcessors.extractNumber("fps", "fps\\s*=\\s*(\\d+)")
                        .orElse(30)
                        .clamp(15, 60)
                        .derive("durationInFrames", "durationInSeconds", 10, java.math.BigDecimal::multiply));
        var client = world.start(world.process(provider).processor("animation", processor));
        var request = GenerationRequest.builder()
                .prompt("a fox")
                .processor("animation")
                .setting("durationInSeconds", "4")
                .build();

        var clamped = world.until(client.generate(request).future());
        var overridden = world.until(
                client.generate(request.toBuilder().setting("fps", "24").build())
                        .future());

        assertThat(clamped.result()).isNotNull();
        assertThat(clamped.result().rawText()).isEqualTo(text);
        assertThat(clamped.result().output()).isEqualTo("export const fps = 90;");
        assertThat(clamped.result().metadata()).containsEntry("fps", "60").containsEntry("durationInFrames", "240");
        assertThat(overridden.result()).isNotNull();
        assertThat(overridden.result().metadata()).containsEntry("fps", "24").containsEntry("durationInFrames", "96");
    }

    @Test
    void aRejectedOutputIsTriedAgainAndItsTextIsKept() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .replies("not json", "{\"a\": 1}")
                .build();
        var client = world.start(world.process(provider).processor("json", OutputProcessors.requireJson()));

        var generation = world.until(client.generate(GenerationRequest.builder()
                        .prompt("a fox")
                        .processor("json")
                        .build())
                .future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        var rejected = generation.attempts().get(0);
        assertThat(rejected.exchange().text()).isEqualTo("not json");
        assertThat(rejected.failure()).isNotNull();
        assertThat(rejected.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(generation.usage().outputTokens()).isEqualTo(40);
    }

    @Test
    void aProcessorThatThrowsHasRejectedTheText() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .otherwise(FakeOutcome.reply("text"))
                .build();
        var client = world.start(world.process(provider).processor("broken", (text, settings) -> {
            throw new IllegalStateException("no");
        }));

        var handle = client.generate(
                GenerationRequest.builder().prompt("a fox").processor("broken").build());
        world.until(() -> handle.now().state().isTerminal());

        assertThat(handle.now().attempts()).hasSize(4);
        assertThat(handle.now().text()).isEqualTo("text");
    }

    private static int index(Generation generation) {
        assertThat(generation.variationIndex()).isNotNull();
        return generation.variationIndex();
    }
}
