package dev.reprise.storage.jdbc.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import dev.reprise.event.Health;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.storage.jdbc.Load;
import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.storage.jdbc.Worker;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Clients under load whose sessions are killed again and again, pool and lock alike, lose nothing and stay alive. */
@Tag("heavy")
@Timeout(180)
class PostgresKilledSessionsTest {

    private static final int CONNECTIONS = 4;
    private static final Duration KILLING = Duration.ofSeconds(5);
    private static final int LEAST_KILLED = 20;
    private static final Duration BETWEEN_KILLS = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database = PostgresDatabases.emptied();
    private final FakeProvider provider =
            FakeProvider.builder().latency(Duration.ofMillis(150)).build();
    private Worker one;
    private Worker two;

    @BeforeEach
    void open() {
        one = worker("worker-one");
        two = worker("worker-two");
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        database.close();
    }

    private Worker worker(String name) {
        HikariConfig config =
                Worker.pool(PostgresDatabases.url() + "&ApplicationName=" + name, CONNECTIONS, Duration.ofSeconds(10));
        var locks = new PGSimpleDataSource();
        locks.setUrl(PostgresDatabases.url() + "&ApplicationName=" + name);
        return Worker.start(
                config,
                storage -> storage.tablePrefix(database.prefix()).lockConnection(locks),
                engine -> engine.provider(provider).name(name));
    }

    /** Kills the sessions of these applications again and again, until it has told on somebody at least. */
    private void kill(String applications, BooleanSupplier told) {
        var killed = new ArrayList<String>();
        long end = System.nanoTime() + KILLING.toNanos();
        await().pollInterval(BETWEEN_KILLS).atMost(PATIENCE).until(() -> {
            killed.addAll(database.column(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '"
                            + applications + "'"));
            return System.nanoTime() >= end && killed.size() > LEAST_KILLED && told.getAsBoolean();
        });
    }

    /** A pool may still hand out a session that has been killed; who reads tries again then. */
    private static boolean passes(Throwable e) {
        return e instanceof StoreException failure && failure.passing();
    }

    private long sessions(String application) {
        return database.number("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = '" + application + "'");
    }

    private void keepWorkingWhileKilled(String applications) throws InterruptedException {
        List<GenerationId> stored = new ArrayList<>();
        try (var first = Load.start(one.client(), "first", Duration.ofMillis(20));
                var second = Load.start(two.client(), "second", Duration.ofMillis(20))) {
            await().atMost(PATIENCE).until(() -> first.stored() > 5 && second.stored() > 5);
            kill(applications, () -> first.refusals() + second.refusals() > 0);
            stored.addAll(first.stop());
            stored.addAll(second.stop());
            assertThat(first.unexpected()).isEmpty();
            assertThat(second.unexpected()).isEmpty();
        }

        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(PostgresKilledSessionsTest::passes)
                .untilAsserted(() -> assertThat(one.store().counts(Scope.ALL))
                        .isEqualTo(Map.of(TaskState.SUCCEEDED, (long) stored.size())));
        // Nobody was taken for dead, so nothing was called twice, whatever answers were lost.
        assertThat(provider.calls())
                .extracting(FakeCall::lastTurn)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(stored);
        assertThat(database.number("SELECT COUNT(*) FROM {attempt} WHERE outcome <> 'SUCCEEDED'"))
                .isZero();
        assertThat(database.column("SELECT state FROM {runner}")).containsExactly("ALIVE", "ALIVE");
        for (Worker worker : List.of(one, two)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(worker.client().health())
                            .returns(Health.Status.UP, Health::status)
                            .returns(0, Health::running)
                            .returns(0, Health::unsaved));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sessions("worker-one")).isBetween(1L, CONNECTIONS + 1L));
        one.leave();
        two.leave();
        assertThat(one.borrowed() + two.borrowed()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sessions("worker-one"))
                        .as("the lock's session is given up")
                        .isLessThanOrEqualTo(CONNECTIONS));
    }

    @Test
    void everybodysSessionsKilledAgainAndAgainLoseNothing() throws InterruptedException {
        keepWorkingWhileKilled("worker-%");
    }

    /** Harder for the one: the other's session is whole, and would be believed. */
    @Test
    void onesSessionsKilledAgainAndAgainLoseNothing() throws InterruptedException {
        keepWorkingWhileKilled("worker-one");
    }
}
