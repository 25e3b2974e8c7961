package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.event.Health;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests, several clients: limits, order, keys, names that nobody knows, listeners that break. */
class SharedWorkTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void noMoreRunAtOnceThanTheClientAllows() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(1))
                .build();
        var client = world.start(world.process(provider).maxConcurrent(3));

        var handles = client.generateAll(prompts(20));
        world.until(() -> handles.stream().allMatch(h -> h.now().state() == TaskState.SUCCEEDED));

        assertThat(provider.mostUnderWay()).isEqualTo(3);
        assertThat(world.passed()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void noMoreOfABatchRunAtOnceThanAllowedInAllProcesses() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(1))
                .build();
        var first = world.start(world.process(provider).maxConcurrentPerBatch(2).maxVariations(8));
        world.start(provider);

        var batch =
                world.until(first.variations(GenerationRequest.of("hello"), 8).future());

        assertThat(batch.succeeded()).hasSize(8);
        assertThat(provider.mostUnderWay()).isEqualTo(2);
    }

    @Test
    void theMostUrgentGoesFirstAndThenTheOldest() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(1))
                .build();
        var client = world.start(world.process(provider).maxConcurrent(1));
        var handles = new ArrayList<GenerationHandle>();
        handles.add(client.generate(GenerationRequest.of("first")));
        world.until(() -> provider.underWay() == 1);
        for (int priority : new int[] {0, 5, 0, 5}) {
            world.clock.advance(Duration.ofMillis(10));
            handles.add(client.generate(GenerationRequest.builder()
                    .prompt(priority + " number " + handles.size())
                    .priority(priority)
                    .build()));
        }
        world.until(() -> handles.stream().allMatch(h -> h.now().state() == TaskState.SUCCEEDED));

        assertThat(provider.calls())
                .extracting(FakeCall::lastTurn)
                .containsExactly("first", "5 number 2", "5 number 4", "0 number 1", "0 number 3");
    }

    @Test
    void aNewSubmitDoesNotOvertakeABacklog() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .latency(Duration.ofSeconds(1))
                .build();
        var client = world.start(world.process(provider).maxConcurrent(2));
        client.generateAll(prompts(6));
        world.clock.advance(Duration.ofMillis(1_500));
        var late = client.generate(GenerationRequest.of("late"));
        world.until(() -> late.now().state() == TaskState.SUCCEEDED);

        assertThat(provider.calls()).extracting(FakeCall::lastTurn).last().isEqualTo("late");
    }

    @Test
    void theSameKeyAndRequestGiveTheSameGenerationBack() {
        var provider = FakeProvider.builder().clock(world.clock).build();
        var client = world.start(provider);
        var request = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("key")
                .build();

        var first = client.forOwner("me").generate(request);
        var again = client.forOwner("me").generate(request);
        var other = client.forOwner("you").generate(request);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(client.forOwner("me").byIdempotencyKey("key").map(Generation::id))
                .contains(first.id());
        assertThatThrownBy(() -> client.forOwner("me")
                        .generate(request.toBuilder().prompt("else").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("idempotencyKey has been used for another request, " + first.id() + ": key");
        world.until(first.future());
        world.until(other.future());
        assertThat(provider.callCount()).isEqualTo(2);
    }

    @Test
    void oneKeyStandsForAWholeBatch() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());
        var request = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("key")
                .build();

        var first = client.variations(request, 3);
        var again = client.variations(request, 3);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(client.list(GenerationQuery.all()).items()).hasSize(3);
        assertThatThrownBy(() -> client.variations(request, 2)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void whatNobodyKnowsIsParkedAndGoesOnWhenSomebodyDoes() {
        var other = FakeProvider.builder().name("other").clock(world.clock).build();
        var web = world.start(world.process(other).submitOnly());
        var handle = web.generate(GenerationRequest.of("hello"));
        var client = world.start(FakeProvider.builder().clock(world.clock).build());
        world.until(() -> handle.now().state() == TaskState.PARKED);

        assertThat(handle.now().progress().reason()).isEqualTo("unknown_provider:other");
        assertThat(handle.now().attempts()).isEmpty();
        assertThat(world.until(client.generate(GenerationRequest.of("mine")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);

        world.start(other);
        assertThat(world.until(handle.future()).attempts()).hasSize(1);
    }

    @Test
    void anUnknownNameIsRefusedByAClientThatRunsTasks() {
        var client = world.start(world.process(
                        FakeProvider.builder().name("a").clock(world.clock).build())
                .provider(FakeProvider.builder().name("b").clock(world.clock).build()));

        assertThatThrownBy(() -> client.generate(GenerationRequest.of("hello")))
                .hasMessage("provider must be named, because the client has [a, b]: ");
        assertThatThrownBy(() -> client.generate(GenerationRequest.builder()
                        .prompt("hello")
                        .provider("c")
                        .build()))
                .hasMessage("provider must be one of [a, b]: c");
        assertThatThrownBy(() -> client.generate(GenerationRequest.builder()
                        .prompt("hello")
                        .provider("a")
                        .processor("none")
                        .build()))
                .hasMessage("processor must be one of []: none");
        assertThat(client.list(GenerationQuery.all()).items()).isEmpty();
    }

    @Test
    void aListenerThatThrowsBreaksNothing() {
        var told = new AtomicInteger();
        var client = world.start(
                world.process(FakeProvider.builder().clock(world.clock).build())
                        .listener(event -> {
                            throw new IllegalStateException("broken listener");
                        })
                        .listener(event -> told.incrementAndGet()));

        var generation =
                world.until(client.generate(GenerationRequest.of("hello")).future());

        assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED);
        world.until(() -> told.get() == 3);
        assertThat(client.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void aProviderThatThrowsFailsItsGenerationOnly() {
        var provider = FakeProvider.builder()
                .clock(world.clock)
                .throwsException(new IllegalStateException("bug"))
                .otherwise(FakeOutcome.reply("done"))
                .build();
        var client = world.start(provider);
        var broken = client.generate(GenerationRequest.of("hello"));
        world.until(() -> broken.now().state() == TaskState.FAILED);

        assertThat(world.until(client.generate(GenerationRequest.of("next")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
        assertThat(broken.now().failure()).isNotNull();
        assertThat(broken.now().failure().userMessage())
                .isEqualTo("Something went wrong. Please try again or contact support.");
    }

    @Test
    void pagesDoNotShiftWhenMoreIsCreated() {
        var client = world.start(FakeProvider.builder().clock(world.clock).build());
        for (int i = 0; i < 5; i++) {
            world.until(client.variations(
                            GenerationRequest.builder()
                                    .prompt("a fox")
                                    .label("batch " + i)
                                    .build(),
                            3)
                    .future());
            world.clock.advance(Duration.ofSeconds(1));
        }
        var first = client.feed(2, null);
        client.generate(GenerationRequest.of("meanwhile"));
        var second = client.feed(2, first.next());
        var third = client.feed(2, second.next());

        assertThat(List.of(first, second, third).stream()
                        .flatMap(page -> page.items().stream())
                        .map(batch -> batch.first().get(0).label()))
                .containsExactly("batch 4", "batch 3", "batch 2", "batch 1", "batch 0");
        assertThat(first.items()).allMatch(batch -> batch.first().size() == 3);
        assertThat(third.next()).isNull();
        assertThatThrownBy(() -> client.feed(0, null)).hasMessage("limit must be 1 to 500: 0");
        assertThatThrownBy(() -> client.feed(1, "garbage"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cursor must be the next() of a page: garbage");
    }

    private static List<GenerationRequest> prompts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> GenerationRequest.of("prompt " + i))
                .toList();
    }
}
