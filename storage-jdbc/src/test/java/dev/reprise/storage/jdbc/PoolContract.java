package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client does with the connections it is given, and when it gets none. */
@Timeout(120)
abstract class PoolContract {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    TestDatabase database;

    abstract TestDatabase createDatabase();

    /** A pool as an application configures it. */
    abstract HikariConfig pool(int connections, Duration patience);

    /** Connections that are made when they are asked for. */
    abstract DataSource plain();

    @BeforeEach
    void open() {
        database = createDatabase();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Calls that end when they are told to, however long that takes. */
    private static final class HeldCalls {

        private final CountDownLatch released = new CountDownLatch(1);
        private final FakeProvider provider = FakeProvider.builder()
                .script((request, number) -> {
                    awaitRelease();
                    return FakeOutcome.reply("text");
                })
                .build();

        private void awaitRelease() {
            try {
                if (!released.await(2, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("held in vain");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void release() {
            released.countDown();
        }
    }

    static List<GenerationRequest> requests(String prompt, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> GenerationRequest.of(prompt + " " + i))
                .toList();
    }

    private static void assertSucceeded(List<GenerationHandle> handles) {
        assertThat(handles)
                .map(handle -> handle.await(PATIENCE))
                .allSatisfy(generation -> assertThat(generation.state()).isEqualTo(TaskState.SUCCEEDED))
                .allSatisfy(generation -> assertThat(generation.attempts()).hasSize(1));
    }

    Worker worker(HikariConfig config, FakeProvider provider) {
        return Worker.start(
                config, storage -> storage.tablePrefix(database.prefix()), engine -> engine.provider(provider));
    }

    @Test
    void fortyCallsUnderWayHoldNoConnectionOfAPoolOfTwo() {
        var calls = new HeldCalls();
        try (var worker = worker(pool(2, Duration.ofSeconds(10)), calls.provider)) {
            var handles = worker.client().generateAll(requests("slow", 40));

            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> worker.borrowed() == 0 && calls.provider.underWay() == 40);

            calls.release();
            assertSucceeded(handles);
            worker.leave();
            assertThat(worker.borrowed()).isZero();
        }
    }

    @Test
    void fortyCallsUnderWayHoldNoConnectionOfAPlainSource() {
        var calls = new HeldCalls();
        var source = new FaultySource(plain());
        var store = database.keep(
                JdbcTaskStore.builder(source).tablePrefix(database.prefix()).build());
        try (var client = GenerationClient.builder()
                .provider(calls.provider)
                .taskStore(store)
                .build()) {
            var handles = client.generateAll(requests("slow", 40));

            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> source.open() == 0 && calls.provider.underWay() == 40);

            calls.release();
            assertSucceeded(handles);
        }
        assertThat(source.open()).isZero();
    }

    @Test
    void poolThatTimesOutIsSaidToTheCallerAndLosesNothing() throws Exception {
        var calls = new HeldCalls();
        try (var worker = worker(pool(2, Duration.ofMillis(500)), calls.provider)) {
            var client = worker.client();
            var handles = client.generateAll(requests("begun", 4));
            await().atMost(PATIENCE).until(() -> calls.provider.underWay() == 4);

            withoutConnections(worker.source(), () -> {
                calls.release();
                refused(client, 12);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(client.health())
                                .returns(Health.Status.DEGRADED, Health::status)
                                .returns(4, Health::unsaved));
            });

            assertSucceeded(handles);
            assertSucceeded(client.generateAll(requests("afterwards", 4)));
            assertThat(calls.provider.callCount()).isEqualTo(8);
            assertThat(worker.store().counts(Scope.ALL)).isEqualTo(Map.of(TaskState.SUCCEEDED, 8L));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.health())
                            .returns(Health.Status.UP, Health::status)
                            .returns(0, Health::unsaved)
                            .returns(List.of(), Health::problems));
            worker.leave();
            assertThat(worker.borrowed()).isZero();
        }
    }

    /** Something else takes both connections of a pool and keeps them for a while. */
    static void withoutConnections(DataSource pool, ThrowingAction meanwhile) throws Exception {
        try (var one = pool.getConnection();
                var other = pool.getConnection()) {
            assertThat(one).isNotSameAs(other);
            meanwhile.run();
        }
    }

    /** What may fail. */
    @FunctionalInterface
    interface ThrowingAction {
        void run() throws Exception;
    }

    /** Callers who submit at once, and are refused as they should be. */
    static void refused(GenerationClient client, int callers) {
        var threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Generation>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(
                        () -> client.generate(GenerationRequest.of("refused")).now()));
            }
            assertThat(answers)
                    .allSatisfy(answer -> assertThatThrownBy(answer::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOfSatisfying(
                                    StoreException.class,
                                    e -> assertThat(e.passing()).isTrue())
                            .hasMessageStartingWith("submit: ")
                            .hasMessageContaining("Connection is not available, request timed out after")
                            .hasCauseInstanceOf(SQLException.class));
        } finally {
            threads.shutdownNow();
        }
    }
}
