package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.storage.jdbc.h2.H2Dialect;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.engine.Constants;

/** Plans of H2 for tables of twenty thousand tasks, most of which have ended. */
public final class H2Plans {

    /** A third in batches of four; the oldest have ended. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, finished_at, priority, run, attempts, failures, crashes,
                parameter_retries, turn_continuations, open_dependencies, fails_on_crash, required_level, batch_position,
                state, owner, kind, provider, model, batch, parent, label, idempotency_key)
            SELECT 'g' || x, 1, x, CASE WHEN x > 18000 THEN x END, CASE WHEN x < 16000 THEN x END, MOD(x, 3), 1, 1, 0, 0,
                0, 0, 0, 0, 1, CASE WHEN MOD(x / 4, 3) = 0 THEN MOD(x, 4) END,
                CASE WHEN x < 16000 THEN 'SUCCEEDED' WHEN x <= 18000 THEN 'READY' ELSE 'SCHEDULED' END,
                'owner-' || MOD(x / 4, 4), 'VARIATION', 'fake', 'fake-model', CASE WHEN MOD(x / 4, 3) = 0 THEN 'batch-' || (x / 4) END,
                CASE WHEN MOD(x, 10) = 9 THEN 'g' || (x - 1) END, CASE WHEN MOD(x, 3) = 0 THEN 'label' END,
                CASE WHEN MOD(x, 20) = 3 THEN 'key-' || x END
            FROM SYSTEM_RANGE(1, 20000)""";

    private H2Plans() {}

    /** Filled when a plan is first asked for, for all tests of this JVM. */
    private static final class Filled {

        static final TestDatabase DATABASE = H2Databases.inMemory();
        static final Statements STATEMENTS = new Statements(
                new Names(null, DATABASE.prefix()),
                H2Dialect.inMemory(),
                StoreClock.bound(InstantSource.system()),
                PausePoint.Hook.NONE);

        static {
            DATABASE.store();
            for (String sql : List.of(
                    FILL,
                    "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                            + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                            + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, state FROM {task}"
                            + " WHERE finished_at IS NOT NULL",
                    "INSERT INTO {request} (task, body) SELECT id, X'00' FROM {task}",
                    "INSERT INTO {result} (task, body) SELECT id, X'00' FROM {task}",
                    "INSERT INTO {dependency} (task, depends_on) SELECT id, 'g' || (created_at / 7) FROM {task}"
                            + " WHERE MOD(created_at, 3) = 0",
                    "INSERT INTO {batch} (id, owner, created_at, finished_at, run, size, succeeded, failed, cancelled, skipped, deleted,"
                            + " revision, stops_on_failure, paused, stopped, required_level)"
                            + " SELECT batch, MIN(owner), MIN(created_at),"
                            + " CASE WHEN COUNT(finished_at) = COUNT(*) THEN MAX(finished_at) END, 1, 4, 4, 0, 0, 0, 0, 1, 0, 0, 0, 1"
                            + " FROM {task} WHERE batch IS NOT NULL GROUP BY batch",
                    "ANALYZE")) {
                DATABASE.execute(sql);
            }
        }
    }

    /** The oldest sorts whatever is read newest first. */
    public static void assumeReadsBackwards() {
        assumeTrue(!Constants.VERSION.startsWith("2.2."), "the oldest sorts whatever is read newest first");
    }

    /** The plan of a statement, with these values and otherwise some that fit. */
    public static String plan(String template, Map<String, ?> values) {
        Map<String, Object> given = new HashMap<>(PlanValues.ANY);
        given.putAll(values);
        var rendered = Filled.STATEMENTS.of(template).render(given, false);
        try (Connection connection = Filled.DATABASE.source().getConnection();
                var statement = connection.prepareStatement("EXPLAIN " + rendered.text())) {
            for (int i = 0; i < rendered.values().size(); i++) {
                Query.bind(statement, i + 1, rendered.values().get(i));
            }
            try (var results = statement.executeQuery()) {
                results.next();
                return results.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(template, e);
        }
    }

    /** No table but that of the runners is read whole. */
    public static void assertReadsNoWholeTable(String plan) {
        var prefix = "PUBLIC." + Filled.DATABASE.prefix().toUpperCase(Locale.ROOT);
        assertThat(plan).doesNotContainPattern(prefix + "(?!RUNNER)\\w+\\.tableScan");
    }

    /** Read in the order of an index, up to the end of a page. */
    public static void assertInOrder(String plan, String index) {
        assertReadsNoWholeTable(plan);
        assertThat(plan).contains("/* index sorted */");
        assertThat(plan).containsIgnoringCase("." + Filled.DATABASE.prefix() + index);
    }
}
