package dev.reprise.examples.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.failure.StoreException;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptRow;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is frozen in the middle of a call for longer than its lease, and comes back after others have done its
 * task: what it brings is dropped, what it has spent is kept, and it works on.
 */
@Tag("heavy")
@Timeout(240)
class FrozenWorkerTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration BEAT = Duration.ofMillis(1_100);
    private static final Duration LATENCY = Duration.ofSeconds(2);
    private static final Usage OF_ONE_CALL = Usage.of(10, 20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** The server keeps the frozen process's session, and its lock with it: only the lease tells. */
    @Test
    void lateResultIsDroppedAndItsUsageKeptOnPostgres() throws Exception {
        try (var server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start()) {
            freezeAndThaw(server.getJdbcUrl("postgres", "postgres"));
        }
    }

    @Test
    void lateResultIsDroppedAndItsUsageKeptOnMariaDb() throws Exception {
        try (var server = MariaDbServer.start()) {
            freezeAndThaw(server.url());
        }
    }

    /** Its lock is held, and so it lives: nobody does its work a second time, and it goes on where it was. */
    @Test
    void frozenProcessKeepsItsTaskOnAnSqliteFile() throws Exception {
        var lease = LEASE.toSeconds() + "s";
        try (var crew = new Crew("jdbc:sqlite:" + folder.resolve("tasks.db"), folder)) {
            var frozen = crew.start("frozen", "--slots", "2", "--lease", lease);
            var task = crew.submit(1, LATENCY).get(0);
            crew.call("frozen", CallLine.Event.BEGIN, task);
            var slow = freezeBesideAWrite(crew, frozen, LEASE.plusSeconds(2));
            crew.start("other", "--slots", "1", "--lease", lease);
            crew.call("other", CallLine.Event.BEGIN, slow);
            var last = crew.submit(1, Duration.ofMillis(20)).get(0);
            await().atMost(Crew.PATIENCE).until(() -> crew.task(last).row().state() == TaskState.SUCCEEDED);
            assertThat(crew.task(task).row().state()).isEqualTo(TaskState.RUNNING);
            frozen.thaw();

            await().atMost(Crew.PATIENCE).until(() -> crew.task(task).row().state() == TaskState.SUCCEEDED);
            assertThat(crew.task(task).attempts()).singleElement().returns(OF_ONE_CALL, AttemptRow::usage);
        }
    }

    /** Freezes it while it does not write, since nobody else could then; submits a task to show that. */
    private static GenerationId freezeBesideAWrite(Crew crew, WorkerProcess process, Duration latency)
            throws Exception {
        while (true) {
            process.freeze();
            try {
                return crew.submit(1, latency).get(0);
            } catch (StoreException e) {
                process.thaw();
            }
        }
    }

    private void freezeAndThaw(String url) throws Exception {
        var lease = LEASE.toSeconds() + "s";
        try (var crew = new Crew(url, folder)) {
            var frozen = crew.start("frozen", "--slots", "2", "--lease", lease);
            var task = crew.submit(1, LATENCY).get(0);
            var begun = crew.call("frozen", CallLine.Event.BEGIN, task);
            var stopped = Instant.now();
            frozen.freeze();
            var other = crew.start("other", "--slots", "2", "--lease", lease);

            var taken = crew.call("other", CallLine.Event.BEGIN, task);
            crew.call("other", CallLine.Event.END, task);
            await().atMost(Crew.PATIENCE).until(() -> crew.task(task).row().state() == TaskState.SUCCEEDED);
            assertThat(taken.epoch()).isEqualTo(begun.epoch() + 1);
            assertThat(Duration.between(stopped, taken.time())).isGreaterThan(LEASE.minus(BEAT));
            var before = crew.task(task);
            assertThat(before.attempts())
                    .extracting(AttemptRow::outcome)
                    .containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.SUCCEEDED);
            assertThat(before.attempts()).extracting(AttemptRow::usage).containsExactly(Usage.NONE, OF_ONE_CALL);

            frozen.thaw();

            await().atMost(Crew.PATIENCE)
                    .until(() -> crew.task(task).attempts().get(0).outcome() == AttemptOutcome.LATE);
            var after = crew.task(task);
            assertThat(after.attempts())
                    .extracting(AttemptRow::outcome)
                    .containsExactly(AttemptOutcome.LATE, AttemptOutcome.SUCCEEDED);
            assertThat(after.attempts()).extracting(AttemptRow::usage).containsOnly(OF_ONE_CALL);
            assertThat(after.row()).isEqualTo(before.row());
            assertThat(after.result()).isEqualTo(before.result());
            assertThat(after.attempts().get(1)).isEqualTo(before.attempts().get(1));

            other.end();
            assertThat(other.ended(60)).isTrue();
            var next = crew.submit(1, Duration.ofMillis(20)).get(0);
            var again = crew.call("frozen", CallLine.Event.END, next);
            assertThat(again.pid()).isEqualTo(begun.pid());
            await().atMost(Crew.PATIENCE).until(() -> crew.task(next).row().state() == TaskState.SUCCEEDED);
            assertThat(incarnations(url)).startsWith("DEAD").endsWith("ALIVE");
            assertThat(crew.task(task)).isEqualTo(after);
        }
    }

    private static List<String> incarnations(String url) throws SQLException {
        var states = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var results = statement.executeQuery(
                        "SELECT state FROM reprise_runner WHERE name = 'frozen' ORDER BY started_at")) {
            while (results.next()) {
                states.add(results.getString(1));
            }
        }
        return states;
    }
}
