package dev.reprise.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.GenerationOperations;
import dev.reprise.failure.ClientClosedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskStore;
import dev.reprise.testkit.FakeProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One owner's work is nobody else's, and what is out of range is refused before anything happens. */
class ScopeAndLimitsTest {

    private final VirtualWorld world = new VirtualWorld();
    private final FakeProvider provider =
            FakeProvider.builder().clock(world.clock).build();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anotherOwnersBatchDoesNotExist() {
        var hanging = FakeProvider.builder().clock(world.clock).hangs().hangs().build();
        var client = world.start(hanging);
        var mine = client.forOwner("me");
        var yours = client.forOwner("you");
        var batch = mine.variations(GenerationRequest.of("a fox"), 2);
        var generation = batch.now().generations().get(0);

        assertThat(generation.origin().owner()).isEqualTo("me");
        assertThat(yours.batch(batch.id())).isEmpty();
        assertThat(yours.cancel(batch.id())).isFalse();
        assertThat(yours.cancel(generation.id())).isFalse();
        assertThatThrownBy(() -> yours.handle(batch.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> mine.handle(new BatchId("nowhere"))).isInstanceOf(NotFoundException.class);

        assertThat(batch.now().generations())
                .allMatch(one -> one.state() == TaskState.READY || one.state() == TaskState.RUNNING);
        assertThat(mine.cancel(batch.id())).isTrue();
    }

    @Test
    void namesOfAClientAreChecked() {
        var builder = GenerationClient.builder().provider(provider).taskStore(world.store);
        var tooLong = "p".repeat(101);

        assertThatThrownBy(() -> builder.processor(tooLong, OutputProcessors.none()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("processor must have 1 to 100 characters: " + tooLong);
        assertThatThrownBy(() -> builder.name("").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("name must have 1 to 200 characters: ");
    }

    @Test
    void anotherOwnersGenerationHasNoChildren() {
        var client = world.start(provider);
        var mine = client.forOwner("me");
        var root = world.until(mine.generate(GenerationRequest.of("a fox")).future());
        world.until(mine.refine(root.id(), "warmer").future());

        assertThat(client.forOwner("you").children(root.id())).isEmpty();
        assertThat(mine.children(root.id())).hasSize(1);
    }

    @Test
    void deletingReachesTheCallAtOnce() {
        var hanging = FakeProvider.builder().clock(world.clock).hangs().build();
        var client = world.start(hanging);
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> hanging.underWay() == 1);

        client.delete(handle.id());
        world.clock.advance(Duration.ZERO);

        assertThat(hanging.underWay()).isZero();
    }

    @Test
    void aParentThatIsDeletedMeanwhileIsNotFound() {
        var link = new CutOffStore(world.store);
        var client = world.start(world.process(provider, link.store()));
        var root = world.until(client.generate(GenerationRequest.of("a fox")).future());
        link.before("submit", () -> world.store.delete(Scope.ALL, root.id()));

        assertThatThrownBy(() -> client.refine(root.id(), "warmer"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("generation not found: " + root.id());
    }

    @Test
    void whatHasNotEndedCannotBeRefinedAndAChildGetsTheRawText() {
        var scripted = FakeProvider.builder()
                .clock(world.clock)
                .replies("```\nraw\n```", "child")
                .hangs()
                .build();
        var client = world.start(world.process(scripted).processor("bare", OutputProcessors.stripFence()));
        var root = world.until(client.generate(GenerationRequest.builder()
                        .prompt("a fox")
                        .processor("bare")
                        .build())
                .future());
        assertThat(root.result().output()).isEqualTo("raw");
        world.until(client.refine(root.id(), "warmer").future());
        assertThat(scripted.call(2).conversation()).isEqualTo("a fox\n```\nraw\n```\nwarmer");

        var running = client.generate(GenerationRequest.of("a fox"));
        world.until(() -> scripted.underWay() == 1);
        assertThatThrownBy(() -> client.refine(running.id(), "warmer"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageEndingWith(running.id() + " is RUNNING");
    }

    @Test
    void requestsAtOnceInstructionsAndPagesHaveTheirLimits() {
        GenerationOperations client = world.start(provider);
        var root = world.until(client.generate(GenerationRequest.of("a fox")).future());
        var one = GenerationRequest.of("hello");

        assertThatThrownBy(() -> client.generateAll(List.of())).hasMessage("requests must be 1 to 10000: 0 requests");
        assertThatThrownBy(() -> client.generateAll(Collections.nCopies(10_001, one)))
                .hasMessage("requests must be 1 to 10000: 10001 requests");
        assertThatThrownBy(() -> client.feed(501, null)).hasMessage("limit must be 1 to 500: 501");
        assertThat(client.feed(500, null).items()).hasSize(1);
        assertThatThrownBy(() -> client.refine(root.id(), "x".repeat(100_001)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("instruction must have at most 100000 characters");
        assertThatThrownBy(() -> client.continueFrom(root.id(), "x".repeat(101), "go on"))
                .hasMessageStartingWith("type must have at most 100 characters");
        assertThat(client.list(GenerationQuery.all()).items()).hasSize(1);
    }

    @Test
    void labelsAreKeptOfSinglesAndBatches() {
        var client = world.start(provider);
        var request =
                GenerationRequest.builder().prompt("a fox").label("animals").build();

        world.until(client.generate(request).future());
        var batch = world.until(client.variations(request, 2).future());

        assertThat(batch.label()).isEqualTo("animals");
        assertThat(client.list(GenerationQuery.all().toBuilder()
                                .label("animals")
                                .build())
                        .items())
                .hasSize(3);
    }

    @Test
    void theSameKeyIsKnownWhateverTheDefaultsAreByNow() {
        var first = world.start(
                FakeProvider.builder().clock(world.clock).model("old-model").build());
        var second = world.start(world.process(FakeProvider.builder()
                        .clock(world.clock)
                        .model("new-model")
                        .build())
                .submitOnly());
        var request = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("key")
                .build();

        var id = first.generate(request).id();

        assertThat(second.generate(request).id()).isEqualTo(id);
    }

    @Test
    void aSubmitThatStoresNothingTakesNoSlot() {
        var link = new CutOffStore(world.store);
        var client = world.start(world.process(provider, link.store()).maxConcurrent(1));
        var request = GenerationRequest.builder()
                .prompt("hello")
                .idempotencyKey("key")
                .build();
        world.until(client.generate(request).future());
        world.clock.advance(ofSeconds(1));

        client.generate(request);
        assertThatThrownBy(
                        () -> client.generate(request.toBuilder().prompt("else").build()))
                .isInstanceOf(InvalidRequestException.class);
        link.refuse("submit");
        assertThatThrownBy(() -> client.generate(GenerationRequest.of("refused")))
                .isInstanceOf(StoreException.class);
        link.mend();

        assertThat(world.until(client.generate(GenerationRequest.of("next")).future())
                        .state())
                .isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aClosedClientAwaitsNothing() {
        var client = world.process(provider).build();
        var handle = client.generate(GenerationRequest.of("hello"));
        client.close();

        assertThatThrownBy(handle::future).isInstanceOf(ClientClosedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "maxConcurrent, 0",
        "maxConcurrent, 10001",
        "maxVariations, 0",
        "maxVariations, 101",
        "maxConcurrentPerBatch, 0",
        "maxConcurrentPerBatch, 10001",
        "attemptTimeout, PT0S",
        "attemptTimeout, PT24H0.001S",
        "idleTimeout, PT0S",
        "drainTimeout, PT-1S",
        "drainTimeout, PT24H0.001S",
        "lease, PT2.999S"
    })
    void aClientOutOfRangeIsNotBuilt(String setting, String value) {
        UnaryOperator<GenerationClient.Builder> set = builder -> switch (setting) {
            case "maxConcurrent" -> builder.maxConcurrent(Integer.parseInt(value));
            case "maxVariations" -> builder.maxVariations(Integer.parseInt(value));
            case "maxConcurrentPerBatch" -> builder.maxConcurrentPerBatch(Integer.parseInt(value));
            case "attemptTimeout" -> builder.attemptTimeout(Duration.parse(value));
            case "idleTimeout" -> builder.idleTimeout(Duration.parse(value));
            case "drainTimeout" -> builder.drainTimeout(Duration.parse(value));
            default -> builder.lease(Duration.parse(value));
        };
        var builder = set.apply(world.process(provider, untouched()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(setting + " must be ");
    }

    @Test
    void aClientWithoutAStoreOrAProviderIsNotBuilt() {
        assertThatThrownBy(() -> GenerationClient.builder().provider(provider).build())
                .hasMessageStartingWith("taskStore must be given");
        assertThatThrownBy(
                        () -> GenerationClient.builder().taskStore(untouched()).build())
                .hasMessageStartingWith("provider must be given");
        assertThatThrownBy(() -> GenerationClient.builder().provider(provider).provider(provider))
                .hasMessageStartingWith("provider must be added once");
        assertThatThrownBy(() -> world.start(provider).forOwner(" ")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aClientThatOnlySubmitsNeedsNoProvider() {
        var web = world.start(GenerationClient.builder()
                .taskStore(world.store)
                .time(world.clock)
                .submitOnly());
        world.start(provider);

        var handle = web.generate(GenerationRequest.builder()
                .prompt("hello")
                .provider("fake")
                .model("fake-model")
                .build());

        assertThat(world.until(handle.future()).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    /** A store that nothing may reach. */
    private static TaskStore untouched() {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    throw new InvocationTargetException(new AssertionError("the store was asked: " + method));
                });
    }
}
