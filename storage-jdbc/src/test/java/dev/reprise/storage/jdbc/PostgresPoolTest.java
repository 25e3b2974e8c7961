package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections to PostgreSQL. */
@Tag("heavy")
class PostgresPoolTest extends PoolContract {

    @Override
    TestDatabase createDatabase() {
        return PostgresDatabases.emptied();
    }

    @Override
    HikariConfig pool(int connections, Duration patience) {
        return Worker.pool(PostgresDatabases.url(), connections, patience);
    }

    @Override
    DataSource plain() {
        return PostgresDatabases.plain();
    }

    /** Its beats have a connection of their own, and callers who wait for the pool are not in their way. */
    @Test
    void runnerWhosePoolIsExhaustedForLongerThanItsLeaseIsNotTakenForDead() throws Exception {
        var lease = Duration.ofSeconds(3);
        var provider = FakeProvider.builder().latency(Duration.ofSeconds(8)).build();
        try (var worker = beating(pool(2, Duration.ofSeconds(6)), provider, lease);
                var observer = beating(pool(2, Duration.ofSeconds(6)), FakeProvider.create(), lease)) {
            var handle = worker.client().generate(GenerationRequest.of("slow"));
            await().atMost(PATIENCE).until(() -> provider.underWay() == 1);

            withoutConnections(worker.source(), () -> refused(worker.client(), 16));

            assertThat(handle.await(PATIENCE).attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(AttemptOutcome.SUCCEEDED);
            assertThat(observer.store().now()).isNotNull();
            assertThat(database.number("SELECT COUNT(*) FROM {runner} WHERE state = 'DEAD'"))
                    .isZero();
        }
    }

    private Worker beating(HikariConfig config, FakeProvider provider, Duration lease) {
        return Worker.start(
                config,
                storage -> storage.tablePrefix(database.prefix()).lockConnection(plain()),
                engine -> engine.provider(provider).lease(lease));
    }
}
