package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.GenerationClient;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.BatchHandle;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two clients in two processes, as it were, over one database. */
@Timeout(120)
abstract class ClientContract {

    private TestDatabase database;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() {
        database = createDatabase();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private GenerationClient client(FakeProvider provider) {
        return GenerationClient.builder()
                .provider(provider)
                .taskStore(database.keep(database.builder().build()))
                .retry(RetrySchedule.delays(
                        Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20)))
                .maxConcurrent(16)
                .build();
    }

    private static FakeProvider failing(int times) {
        var builder = FakeProvider.builder().latency(Duration.ofMillis(2));
        for (int i = 0; i < times; i++) {
            builder.fails(FailureKind.OVERLOADED);
        }
        return builder.otherwise(FakeOutcome.reply("text")).build();
    }

    @Test
    void everyVariationSucceedsAndEveryCallHasAnAttempt() {
        var first = failing(30);
        var second = failing(30);
        try (var one = client(first);
                var two = client(second)) {
            List<BatchHandle> batches = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                batches.add((i % 2 == 0 ? one : two).variations(GenerationRequest.of("prompt " + i), 4));
            }

            var generations = batches.stream()
                    .flatMap(batch -> batch.await().generations().stream())
                    .toList();

            assertThat(generations).hasSize(100).allMatch(generation -> generation.state() == TaskState.SUCCEEDED);
            assertThat(generations.stream()
                            .mapToInt(generation -> generation.attempts().size())
                            .sum())
                    .isEqualTo(first.callCount() + second.callCount());
        }
        assertThat(database.store().counts(Scope.ALL)).isEqualTo(Map.of(TaskState.SUCCEEDED, 100L));
        assertThat(database.number("SELECT COUNT(*) FROM {runner} WHERE state = 'ALIVE'"))
                .isZero();
    }

    @Test
    void chainIsReadByAnotherClient() {
        try (var one = client(failing(0));
                var two = client(failing(0))) {
            Generation root = one.generate(GenerationRequest.of("a film")).await();
            Generation next = two.refine(root.id(), "warmer").await();
            Generation last = one.refine(next.id(), "shorter").await();

            assertThat(two.chain(last.id()).generations())
                    .extracting(Generation::id)
                    .containsExactly(root.id(), next.id(), last.id());
            assertThat(two.children(root.id()))
                    .extracting(GenerationSummary::id)
                    .containsExactly(next.id());
        }
    }
}
