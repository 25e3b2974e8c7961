package dev.reprise.storage.jdbc.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.storage.jdbc.H2Databases;
import dev.reprise.storage.jdbc.WatchedSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for the end of what a killed client had begun at the host of an H2 file. */
@Timeout(60)
class HostSessionTest {

    @TempDir
    Path folder;

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(H2Databases.url(folder.resolve("db")), "sa", "");
    }

    @Test
    void everySessionHasANameOfItsOwn() throws Exception {
        try (var one = connect();
                var two = connect()) {
            var name = HostSession.of(one);
            assertThat(HostSession.of(one)).isEqualTo(name);
            assertThat(HostSession.of(two)).isNotEqualTo(name);
        }
    }

    @Test
    void theNextOneWaitsUntilTheSessionHasRolledBack() throws Exception {
        var killed = connect();
        try (var next = connect()) {
            begin(killed);
            var looks = new AtomicInteger();
            var watched = WatchedSource.of(next, method -> looks.incrementAndGet());
            var session = HostSession.of(killed);

            var waiting = CompletableFuture.runAsync(() -> awaitEnd(watched, session));
            // Longer than an idle session would be waited for.
            await().atMost(Duration.ofSeconds(40)).until(() -> looks.get() > 1_500 || waiting.isDone());
            assertThat(waiting).isNotDone();
            killed.close();
            waiting.join();

            try (var look = next.createStatement();
                    var results = look.executeQuery("SELECT COUNT(*) FROM t")) {
                results.next();
                assertThat(results.getInt(1)).isZero();
            }
        }
    }

    @Test
    void sessionThatIsIdleIsNotWaitedForForEver() throws Exception {
        try (var next = connect();
                var idle = connect()) {
            HostSession.awaitEnd(next, HostSession.of(idle));

            assertThat(idle.isClosed()).isFalse();
        }
    }

    @Test
    void sessionOfAnEarlierHostIsNotWaitedFor() throws Exception {
        String earlier;
        try (var host = connect()) {
            earlier = HostSession.of(host);
        }
        try (var next = connect()) {
            var looks = new AtomicInteger();
            HostSession.awaitEnd(WatchedSource.of(next, method -> looks.incrementAndGet()), earlier);

            assertThat(looks).hasValue(1);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INT)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
        }
    }

    private static void awaitEnd(Connection connection, String session) {
        try {
            HostSession.awaitEnd(connection, session);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
