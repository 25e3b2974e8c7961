package dev.reprise.examples.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Counters;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end while it has calls that take longer than it may go on. */
@Tag("heavy")
@Timeout(180)
class GracefulStopTest {

    private static final Duration LEASE = Duration.ofSeconds(5);
    /** Longer than the lease: a process that did not beat meanwhile would be taken for dead. */
    private static final Duration DRAIN = Duration.ofSeconds(7);

    private static final Duration LATENCY = Duration.ofSeconds(9);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void claimsStopAtOnceAndTheRestIsHandedBackWithoutCostingAnAttempt() throws Exception {
        try (var server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
                var crew = new Crew(server.getJdbcUrl("postgres", "postgres"), folder)) {
            var lease = LEASE.toSeconds() + "s";
            var leaving = crew.start("leaving", "--slots", "8", "--lease", lease, "--drain", DRAIN.toSeconds() + "s");
            var tasks = crew.submit(2, LATENCY);
            for (GenerationId task : tasks) {
                crew.call("leaving", CallLine.Event.BEGIN, task);
            }

            crew.awaitWord("leaving", "leaving is at work"); // its first calls may begin before it can be told to end
            leaving.end();
            crew.awaitWord("leaving", "leaving is leaving");
            // It has six slots free and would claim this within a second.
            var waiting = crew.submit(1, Duration.ofMillis(20)).get(0);
            crew.start("staying", "--slots", "8", "--lease", lease);
            var atWork = crew.call("staying", CallLine.Event.BEGIN, waiting);
            assertThat(crew.calls("leaving")).noneMatch(line -> line.task().equals(waiting.value()));
            assertThat(leaving.ended(60)).isTrue();

            for (GenerationId task : tasks) {
                var cut = crew.call("leaving", CallLine.Event.END, task);
                var resumed = crew.call("staying", CallLine.Event.BEGIN, task);
                assertThat(cut.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
                assertThat(cut.time()).isBefore(resumed.time());
                // A busy machine may start a process more slowly than the other one leaves.
                var free = cut.time().isAfter(atWork.time()) ? cut.time() : atWork.time();
                assertThat(Duration.between(free, resumed.time())).isLessThan(LEASE.minusSeconds(1));
                await().atMost(Crew.PATIENCE).until(() -> crew.task(task).row().state() == TaskState.SUCCEEDED);
                var done = crew.task(task);
                assertThat(done.attempts())
                        .extracting(AttemptRow::outcome)
                        .containsExactly(AttemptOutcome.CANCELLED, AttemptOutcome.SUCCEEDED);
                assertThat(done.attempts()).extracting(AttemptRow::usage).containsOnly(Usage.of(10, 20));
                assertThat(done.row().counters())
                        .returns(2, Counters::attempts)
                        .returns(0, Counters::failures)
                        .returns(0, Counters::crashes);
            }
        }
    }
}
