package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.postgres.PostgresDialect;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plans of PostgreSQL for tables with a million finished and ten thousand ready tasks. */
public final class PostgresPlans {

    public static final int FINISHED = Integer.getInteger("reprise.plans.finished", 1_000_000);
    public static final Owner OWNER = Owner.of("owner-3");

    /** At the places of so many tasks, and otherwise as everywhere. */
    private static final Map<String, Object> VALUES =
            Map.of("from", FINISHED - 1_000L, "before", FINISHED / 2L, "at", FINISHED / 2L, "afterAt", FINISHED / 2L);

    /** The oldest are finished, most of them well; then come those that are ready, and some in every other state. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, deadline_at, finished_at, priority, run, attempts, failures,
                crashes, parameter_retries, turn_continuations, open_dependencies, fails_on_crash, required_level,
                batch_position, state, owner, kind, provider, model, reason, reason_detail, failure_kind, failure_blame,
                runner, batch, parent, label, idempotency_key)
            SELECT 'g' || i, 1, i, CASE WHEN state = 'SCHEDULED' THEN 9999999999999 END,
                CASE WHEN i %% 4 = 1 THEN 9999999999998 END,
                CASE WHEN i <= %1$d THEN i END, i %% 3, 1, 1, 0, 0, 0, 0, 0, 0, 1,
                CASE WHEN batched THEN i %% 4 END, state, 'owner-' || (i %% 1000),
                CASE WHEN batched THEN 'VARIATION' WHEN i %% 10 = 9 THEN 'REFINEMENT' ELSE 'SINGLE' END,
                'fake', 'fake-model',
                CASE state WHEN 'PARKED' THEN 'unknown_provider' WHEN 'HELD' THEN 'admission' END,
                CASE state WHEN 'PARKED' THEN 'fake' END,
                CASE state WHEN 'FAILED' THEN 'OVERLOADED' END, CASE state WHEN 'FAILED' THEN 'PROVIDER' END,
                CASE state WHEN 'RUNNING' THEN 'runner-' || (i %% 7) END,
                CASE WHEN batched THEN 'batch-' || (i / 4) END, CASE WHEN i %% 10 = 9 THEN 'g' || (i - 1) END,
                CASE WHEN i %% 100 = 7 THEN 'label-' || (i %% 17) END, CASE WHEN i %% 20 = 3 THEN 'key-' || i END
            FROM (SELECT i, i / 4 %% 3 = 0 AS batched, CASE
                    WHEN i <= %1$d THEN CASE WHEN i %% 50 = 11 THEN 'FAILED' WHEN i %% 500 = 12 THEN 'CANCELLED'
                        WHEN i %% 500 = 13 THEN 'SKIPPED' ELSE 'SUCCEEDED' END
                    WHEN i <= %1$d + 10000 THEN 'READY'
                    ELSE (ARRAY['SCHEDULED', 'RUNNING', 'WAITING', 'HELD', 'PARKED', 'AWAITING_DECISION'])[1 + i %% 6]
                    END AS state
                FROM generate_series(1, %1$d + 15000) i) made""";

    private PostgresPlans() {}

    /** Filled when a plan is first asked for, for all tests of this JVM. */
    private static final class Filled {

        static final TestDatabase DATABASE = PostgresDatabases.fresh();
        static final Statements STATEMENTS = new Statements(
                new Names(null, DATABASE.prefix()),
                new PostgresDialect(),
                new PostgresDialect().clock(),
                PausePoint.Hook.NONE);

        static {
            DATABASE.store();
            DATABASE.execute(FILL.formatted(FINISHED));
            for (String sql : List.of(
                    "INSERT INTO {request} (task, body) SELECT id, 'x' FROM {task}",
                    "INSERT INTO {result} (task, body) SELECT id, 'x' FROM {task} WHERE state = 'SUCCEEDED'",
                    "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                            + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                            + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, state FROM {task}"
                            + " WHERE finished_at IS NOT NULL",
                    "INSERT INTO {batch} (id, owner, created_at, finished_at, run, size, succeeded, failed, cancelled, skipped, deleted,"
                            + " revision, concurrency, stops_on_failure, paused, stopped, required_level)"
                            + " SELECT batch, min(owner), min(created_at),"
                            + " CASE WHEN COUNT(finished_at) = COUNT(*) THEN MAX(finished_at) END, 1, 4, 4, 0, 0, 0, 0, 1, 2,"
                            + " min(created_at % 2), 0, 0, 1 FROM {task} WHERE batch IS NOT NULL GROUP BY batch",
                    "INSERT INTO {dependency} (task, depends_on) SELECT id, 'g' || created_at / 7 FROM {task}"
                            + " WHERE created_at % 3 = 0",
                    "INSERT INTO {runner} (id, name, state, lease_ms, beats, beat_at, lease_until, started_at)"
                            + " SELECT 'runner-' || i, 'r', CASE i WHEN 1 THEN 'DEAD' ELSE 'ALIVE' END, 1, 1, 1, 1, 1"
                            + " FROM generate_series(0, 6) i")) {
                DATABASE.execute(sql);
            }
            for (String table : List.of("task", "request", "result", "attempt", "dependency", "batch", "runner")) {
                DATABASE.execute("ANALYZE {" + table + "}");
            }
        }
    }

    /** The plan of a statement, with these values and otherwise some that fit. */
    public static String plan(String template, Map<String, ?> values) {
        Map<String, Object> given = new HashMap<>(PlanValues.ANY);
        given.putAll(VALUES);
        given.putAll(values);
        var rendered = Filled.STATEMENTS.of(template).render(given, true);
        try (Connection connection = Filled.DATABASE.source().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("EXPLAIN " + rendered.text())) {
                for (int i = 0; i < rendered.values().size(); i++) {
                    Object value = rendered.values().get(i);
                    if (value instanceof Collection<?> many) {
                        statement.setArray(i + 1, connection.createArrayOf("text", many.toArray()));
                    } else {
                        Query.bind(statement, i + 1, value);
                    }
                }
                try (var results = statement.executeQuery()) {
                    var lines = new StringBuilder();
                    while (results.next()) {
                        lines.append(results.getString(1)).append('\n');
                    }
                    return lines.toString();
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(template, e);
        }
    }

    /** No table but that of the runners, of which there are a few, is read whole; these indexes are used. */
    public static void assertUses(String plan, String... indexes) {
        String prefix = Filled.DATABASE.prefix();
        assertThat(plan).doesNotContainPattern("Seq Scan on " + prefix + "(?!runner)");
        for (String index : indexes) {
            assertThat(plan).contains(prefix + index);
        }
        // Whoever must sort the finished ones has read them all.
        assertThat(mostSorted(plan)).as(plan).isLessThan(FINISHED / 10);
    }

    private static long mostSorted(String plan) {
        return Pattern.compile("(?:Sort|HashAggregate) +\\(cost=\\S+ rows=(\\d+)")
                .matcher(plan)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .max()
                .orElse(0);
    }
}
