package dev.reprise.storage.jdbc.liveness;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A runner hears of other processes' work at once. Nothing here polls: without a notice nobody would be woken. */
@Tag("heavy")
@Timeout(60)
class PostgresNotificationsTest {

    private static final int CONNECTIONS = 4;

    private final AtomicInteger wakes = new AtomicInteger();
    private TestDatabase database;
    private JdbcTaskStore elsewhere;
    private RunnerSession listening;

    @BeforeEach
    void open() {
        database = PostgresDatabases.fresh(CONNECTIONS);
        elsewhere = database.keep(database.builder().build());
        var here = database.keep(database.builder().lockFromPool().build());
        listening = here.open(new RunnerSpec("here", Duration.ofSeconds(30), 10), wakes::incrementAndGet);
        awaitWake(); // it looks once when it begins to listen
    }

    @AfterEach
    void close() {
        listening.close();
        database.close();
    }

    private void awaitWake() {
        await().atMost(Duration.ofSeconds(20)).until(() -> wakes.getAndSet(0) > 0);
    }

    @Test
    void submissionOfAnotherProcessWakesTheRunner() {
        elsewhere.submit(alone(task("a")));

        awaitWake();
        assertThat(listening.claim(10)).hasSize(1);
    }

    @Test
    void callersTransactionWakesTheRunnerWhenItCommits() throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            elsewhere.within(connection).submit(alone(task("a")));
            connection.commit();
            connection.setAutoCommit(true);
        }

        awaitWake();
        assertThat(listening.claim(10)).hasSize(1);
    }

    @Test
    void whatIsHandedBackWakesTheRunner() {
        var leaving = elsewhere.open(new RunnerSpec("elsewhere", Duration.ofSeconds(30), 10), () -> {});
        elsewhere.submit(alone(task("a")));
        awaitWake();
        var claimed = leaving.claim(1);

        leaving.handBack(List.of(claimed.get(0).ref()));

        awaitWake();
        assertThat(listening.claim(10)).hasSize(1);
    }

    @Test
    void runnerWhoseConnectionBrokeListensAgain() {
        database.column("SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN {runner} r"
                + " ON (CAST(l.classid AS bigint) << 32 | CAST(l.objid AS bigint)) = r.lock_key"
                + " WHERE l.locktype = 'advisory' AND r.id = '" + listening.id() + "'");
        awaitWake();

        elsewhere.submit(alone(task("a")));

        awaitWake();
        assertThat(listening.claim(10)).hasSize(1);
    }

    @Test
    void connectionGoesBackToItsPoolAsItCame() throws SQLException {
        listening.close();

        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                var connection = database.source().getConnection();
                all.add(connection);
                try (var results =
                        connection.createStatement().executeQuery("SELECT count(*) FROM pg_listening_channels()")) {
                    results.next();
                    assertThat(results.getInt(1)).isZero();
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }
}
