package dev.reprise.storage.jdbc.liveness;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.identity.RunnerId;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.jdbc.PostgresDatabases;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.storage.jdbc.TestDatabase;
import dev.reprise.store.RunnerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process's death is noticed long before its lease is over, and life is never taken for death. */
@Tag("heavy")
@Timeout(120)
class PostgresEarlyDeathTest {

    private static final Duration WATCHED = Duration.ofMillis(2_600);
    private static final String SESSION_OF = """
            SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN {runner} r
            ON (CAST(l.classid AS bigint) << 32 | CAST(l.objid AS bigint)) = r.lock_key
            WHERE l.locktype = 'advisory' AND r.id = '%s'""";

    private final TestDatabase database =
            PostgresDatabases.emptied().with(builder -> builder.lockConnection(PostgresDatabases.plain()));
    private final List<RunnerId> found = new ArrayList<>();
    private JdbcTaskStore store;
    private RunnerSession other;
    private RunnerSession observer;

    @BeforeEach
    void open() {
        store = database.keep(database.builder().build());
        other = runner(store);
        observer = runner(store);
        store.submit(alone(task("a")));
        assertThat(other.claim(1)).hasSize(1);
    }

    @AfterEach
    void close() {
        observer.close();
        other.close();
        database.close();
    }

    private void kill(RunnerSession session) {
        database.column(SESSION_OF.formatted(session.id()));
    }

    /** Lets the observer look as often as it wants to, for a while, and something else happen at each look. */
    private void watch(Duration howLong, Runnable each) {
        long end = System.nanoTime() + howLong.toNanos();
        await().pollInterval(observer.reapInterval())
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    each.run();
                    found.addAll(observer.reap().dead());
                    return System.nanoTime() >= end;
                });
    }

    @Test
    void diedProcessesTaskIsReadyWithinThreeSeconds() {
        List<Long> millis = new ArrayList<>();
        for (String task : List.of("a", "b", "c", "d", "e")) {
            if (!task.equals("a")) {
                store.submit(alone(task(task)));
                assertThat(other.claim(1)).hasSize(1);
            }
            long start = System.nanoTime();
            database.abandon(other);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(observer.reapInterval())
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> observer.reap().resumed().contains(id(task)));
            millis.add((System.nanoTime() - start) / 1_000_000);
            observer.storeOutcomes(
                    List.of(Tasks.succeeded(observer.claim(1).get(0).ref())));
            other = runner(store);
        }

        assertThat(millis).allSatisfy(took -> assertThat(took).isBetween(1_000L, 3_000L));
    }

    @Test
    void runnerThatHoldsItsLockIsNotTakenForDeadThoughItsBeatStandsStill() {
        watch(WATCHED, () -> {});

        assertThat(found).isEmpty();
    }

    @Test
    void runnerWhoseSessionIsKilledAgainAndAgainIsNotTakenForDead() {
        watch(Duration.ofSeconds(6), () -> {
            kill(other);
            assertThat(other.beat().alive()).isTrue();
            assertThat(other.reap().dead()).isEmpty();
        });

        assertThat(found).isEmpty();
        assertThat(other.beat().held()).hasSize(1);
    }

    @Test
    void everybodysSessionKilledAgainAndAgainKillsNobody() {
        watch(Duration.ofSeconds(6), () -> {
            kill(other);
            kill(observer);
            assertThat(other.beat().alive()).isTrue();
            assertThat(observer.beat().alive()).isTrue();
        });

        assertThat(found).isEmpty();
    }

    @Test
    void observerWhoseOwnSessionBrokeBeginsAnew() {
        long start = System.nanoTime();
        database.abandon(other);
        watch(Duration.ofMillis(700), () -> {});
        kill(observer);
        long broken = System.nanoTime();
        watch(Duration.ofMillis(600), () -> {});
        assertThat(found).isEmpty();

        await().pollInterval(observer.reapInterval())
                .until(() -> observer.reap().dead().contains(other.id()));
        assertThat(Duration.ofNanos(System.nanoTime() - broken)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void runnerThatBeatOnAnotherServerIsLeftToItsLease() {
        database.execute("UPDATE {runner} SET server = 'another' WHERE id = '" + other.id() + "'");
        database.abandon(other);

        watch(WATCHED, () -> {});

        assertThat(found).isEmpty();
    }

    @Test
    void runnerWithoutALockIsLeftToItsLease() {
        var plain = JdbcTaskStore.builder(database.source())
                .tablePrefix(database.prefix())
                .build();
        var silent = runner(database.keep(plain));
        assertThat(silent.reapInterval()).isGreaterThan(observer.reapInterval());

        watch(WATCHED, () -> {});

        assertThat(found).isEmpty();
        silent.close();
    }
}
