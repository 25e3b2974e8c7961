package dev.reprise.storage.jdbc.sqlite;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.ofSize;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.reprise.event.Health;
import dev.reprise.failure.StoreException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.SqliteChild;
import dev.reprise.storage.jdbc.SqliteDatabases;
import dev.reprise.storage.jdbc.Worker;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One writes at a time: what becomes of the others when it takes long, stands still or is killed. */
@Timeout(120)
class SqliteWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private String url() {
        return SqliteDatabases.url(directory.resolve("tasks.db"));
    }

    private Worker worker(FakeProvider provider, String name) {
        return Worker.start(
                SqliteDatabases.pool(url(), 4, PATIENCE),
                storage -> storage,
                engine -> engine.provider(provider).name(name).lease(LEASE));
    }

    private static Connection begun(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    private static void end(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("COMMIT");
        }
    }

    private static List<GenerationHandle> submitted(Worker worker, int count) {
        return worker.client()
                .generateAll(IntStream.range(0, count)
                        .mapToObj(i -> GenerationRequest.of("prompt " + i))
                        .toList());
    }

    @Test
    void openWriteOfTheApplicationStopsNoCallAndKillsNobodyAndIsNamed() throws Exception {
        var provider = FakeProvider.builder().latency(Duration.ofSeconds(2)).build();
        try (var one = worker(provider, "one");
                var two = worker(provider, "two");
                var app = SqliteDatabases.plain(url()).getConnection()) {
            var handles = submitted(one, 20);
            await().atMost(PATIENCE).until(() -> provider.underWay() == 20);

            begun(app);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(one.client().health())
                            .returns(Health.Status.DEGRADED, Health::status)
                            .satisfies(health -> assertThat(health.problems())
                                    .anyMatch(problem -> problem.contains("nothing can be written: somebody has been"
                                            + " writing to " + directory.resolve("tasks.db")))));
            // Longer than the lease, and than all calls take.
            await().pollDelay(LEASE.plusSeconds(2)).atMost(PATIENCE).until(() -> provider.underWay() == 0);
            assertThat(one.client().health().unsaved() + two.client().health().unsaved())
                    .isEqualTo(20);
            end(app);

            assertThat(handles)
                    .map(handle -> handle.await(PATIENCE))
                    .allSatisfy(done -> assertThat(done.attempts()).hasSize(1))
                    .allSatisfy(done -> assertThat(done.state()).isEqualTo(TaskState.SUCCEEDED));
            assertThat(provider.callCount()).isEqualTo(20);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(one.client().health().problems()).isEmpty());
        }
    }

    @Test
    @Tag("heavy")
    void writerThatStandsStillIsNamedAndAliveAndItsDeathLetsTheOthersGoOn() throws Exception {
        try (var store = JdbcTaskStore.create(SqliteDatabases.plain(url()))) {
            var runner = runner(store);
            runner.reap();
            try (var frozen = SqliteChild.start(SqliteChild.Part.STAND_STILL, url())) {
                assertThat(frozen.line()).isEqualTo("writing");
                frozen.signal("STOP");

                assertThatThrownBy(() -> store.submit(alone(task("a"))))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.passing()).isTrue())
                        .hasMessageContaining("has been in the middle of a write to ");
                assertThat(runner.reap().dead()).isEmpty();
                assertThat(runner.beat().alive()).isTrue();
                assertThat(runner.problems())
                        .singleElement()
                        .asString()
                        .startsWith("nothing can be written: another process");
                assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.RUNNING, 1L));
            }

            assertThat(runner.reap().resumed()).containsExactly(id("held"));
            store.submit(alone(task("a")));
            assertThat(runner.problems()).isEmpty();
            assertThat(runner.claim(5)).hasSize(2);
            runner.close();
        }
        assertWhole();
    }

    private void assertWhole() throws SQLException {
        try (var connection = SqliteDatabases.plain(url()).getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(found.next()).isTrue();
            assertThat(found.getString(1)).isEqualTo("ok");
        }
    }

    private void assertKept(JdbcTaskStore store, List<String> said) {
        for (String line : said) {
            var kept = store.find(Scope.ALL, id(line.substring(line.indexOf(' ') + 1)));
            assertThat(kept).as(line).isPresent();
            if (line.startsWith("done")) {
                assertThat(kept.orElseThrow().row().state()).as(line).isEqualTo(TaskState.SUCCEEDED);
            }
        }
    }

    @Test
    @Tag("heavy")
    void killedProcessLosesNothingAndTheNextGoesOnAtOnce() throws Exception {
        List<String> said;
        try (var child = SqliteChild.start(SqliteChild.Part.WORK, url())) {
            said = child.killAfter(150);
        }
        try (var store = JdbcTaskStore.create(SqliteDatabases.plain(url()))) {
            var runner = runner(store);
            var start = System.nanoTime();
            assertThat(runner.reap().resumed()).contains(id("held"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertKept(store, said);
            runner.close();
        }
        assertWhole();
    }

    @Test
    @Tag("heavy")
    void killInACheckpointLosesNothing() throws Exception {
        for (int round = 1; round <= 4; round++) {
            List<String> said;
            directory.resolve("tasks.db").toFile().delete();
            try (var child = SqliteChild.start(SqliteChild.Part.CHECKPOINT, url())) {
                said = child.killAfter(20 + round);
            }
            try (var store = JdbcTaskStore.create(SqliteDatabases.plain(url()))) {
                assertKept(store, said);
            }
            assertWhole();
        }
    }

    @Test
    void readerThatStaysMakesTheLogGrowAndIsTold() throws Exception {
        var database = SqliteDatabases.fresh();
        try (var reader = database.source().getConnection();
                var statement = reader.createStatement()) {
            var runner = runner(database.store());
            statement.execute("BEGIN");
            statement
                    .executeQuery("SELECT COUNT(*) FROM " + database.prefix() + "task")
                    .close();

            for (int i = 0; i < 8; i++) {
                assertThat(runner.problems()).isEmpty();
                database.store().submit(alone(ofSize("t" + i, 8 << 20)));
            }

            assertThat(runner.problems())
                    .singleElement()
                    .asString()
                    .contains("-wal has 64")
                    .endsWith(
                            " MB: it grows for as long as somebody reads in one transaction, and each read gets slower");
            statement.execute("COMMIT");
        } finally {
            database.close();
        }
    }

    @Test
    void longWaitThatTheApplicationHasSetIsLeftAsItIs() throws Exception {
        var config = SqliteDatabases.pool(url(), 1, PATIENCE);
        config.addDataSourceProperty("busy_timeout", "60000");
        try (var app = SqliteDatabases.plain(url()).getConnection();
                var pool = new HikariDataSource(config);
                var store = JdbcTaskStore.create(pool)) {
            begun(app);
            var start = System.nanoTime();
            assertThatThrownBy(() -> store.submit(alone(task("a"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("a transaction of the application that is still open");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            end(app);

            store.submit(alone(task("a")));
            try (var connection = pool.getConnection();
                    var statement = connection.createStatement();
                    var timeout = statement.executeQuery("PRAGMA busy_timeout")) {
                assertThat(timeout.getInt(1)).isEqualTo(60_000);
            }
        }
    }
}
