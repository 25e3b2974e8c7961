package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.event.Health;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ProviderReply;
import dev.reprise.retry.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of a step, not only an exception, stops nothing of the engine, and health tells of it. */
class ErrorsOfTheStoreTest {

    private final VirtualWorld world = new VirtualWorld();
    private final FaultyStore faulty = new FaultyStore(world.store);

    @AfterEach
    void close() {
        faulty.mend();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"storeOutcomes", "claim", "beat", "reap", "promote", "unpark", "states"})
    void workGoesOnWhenAStepStopsThrowingErrors(String operation) {
        for (Throwable fault :
                List.of(new OutOfMemoryError("test"), new NoClassDefFoundError("test"), new StackOverflowError())) {
            var client = world.start(world.process(
                            new CodeProvider((request, control, number) -> number % 2 == 1
                                    ? CodeProvider.failed(FailureKind.SERVER)
                                    : CodeProvider.completed("done")),
                            faulty.store())
                    .retry(RetrySchedule.delays(Duration.ofSeconds(5)))
                    .maxConcurrent(1));
            faulty.breakDown(operation, fault);
            var first = client.generate(GenerationRequest.of("hello")).future();
            var waited = world.clock.instant().plus(Duration.ofMinutes(1));
            world.until(() -> !world.clock.instant().isBefore(waited));
            assertThat(faulty.thrown(operation)).isPositive();
            assertThat(client.health().status()).isEqualTo(Health.Status.DEGRADED);

            faulty.mend();

            assertThat(world.until(first).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(world.until(client.generate(GenerationRequest.of("again"))
                                    .future())
                            .state())
                    .isEqualTo(TaskState.SUCCEEDED);
            world.until(() -> client.health().status() == Health.Status.UP);
            assertThat(client.health().unsaved()).isZero();
            assertThat(client.health().running()).isZero();
            client.close();
        }
    }

    @Test
    void generationThatIsAskedToWaitTooLongFailsWithTheProvidersKindAndSaysUntilWhen() {
        var asked = new CopyOnWriteArrayList<>(List.of(Duration.ofHours(2), Duration.ofHours(30)));
        var client = world.start(new CodeProvider((request, control, number) -> limited(asked.remove(0))));

        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(() -> client.get(handle.id()).orElseThrow().state().isTerminal());

        var generation = client.get(handle.id()).orElseThrow();
        assertThat(generation.attempts()).hasSize(2);
        assertThat(generation.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(generation.failure().message())
                .startsWith("the provider asks to wait until 2026-03-30T08:30:")
                .endsWith("longer than maxRetryAfter PT24H: slow down");
    }

    private static ProviderReply limited(Duration wait) {
        var failure = GenerationFailure.builder(FailureKind.RATE_LIMITED, "slow down")
                .retryAfter(wait)
                .build();
        return new ProviderReply.Failed(
                failure, null, new ProviderReply.Exchange(null, Usage.NONE, new Sent("model", Map.of(), null)));
    }
}
