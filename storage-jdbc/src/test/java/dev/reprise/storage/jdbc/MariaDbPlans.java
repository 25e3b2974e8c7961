package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.mariadb.MariaDbDialect;
import dev.reprise.storage.jdbc.sql.Names;
import dev.reprise.storage.jdbc.sql.PausePoint;
import dev.reprise.storage.jdbc.sql.Query;
import dev.reprise.storage.jdbc.sql.Statements;
import dev.reprise.storage.jdbc.sql.StoreClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans of MariaDB for tables of twenty thousand tasks, most of which have ended. */
public final class MariaDbPlans {

    /** A third in batches of four; most have ended, some are in each state that waits. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, deadline_at, finished_at, priority, run, attempts, failures,
                crashes, parameter_retries, turn_continuations, open_dependencies, fails_on_crash, required_level,
                batch_position, state, reason, owner, kind, provider, model, runner, batch, parent, label, idempotency_key)
            SELECT CONCAT('g', seq), 1, seq, CASE WHEN seq > 19000 THEN seq END, CASE WHEN seq % 5 = 0 THEN seq END,
                CASE WHEN seq < 17000 THEN seq END, seq % 3, 1, 1, 0, 0, 0, 0, 0, 0, 1, CASE WHEN FLOOR(seq / 4) % 3 = 0 THEN seq % 4 END,
                CASE WHEN seq < 17000 THEN CASE WHEN seq % 50 = 1 THEN 'FAILED' ELSE 'SUCCEEDED' END
                    WHEN seq <= 18800 THEN 'READY' WHEN seq <= 18900 THEN 'HELD' WHEN seq <= 19000 THEN 'RUNNING'
                    ELSE 'SCHEDULED' END,
                CASE WHEN seq > 18800 AND seq <= 18900 THEN 'admission' END,
                CONCAT('owner-', FLOOR(seq / 4) % 100), 'VARIATION', 'fake', 'fake-model',
                CASE WHEN seq > 18900 AND seq <= 19000 THEN 'runner-1' END, CASE WHEN FLOOR(seq / 4) % 3 = 0 THEN CONCAT('batch-', FLOOR(seq / 4)) END,
                CASE WHEN seq % 10 = 9 THEN CONCAT('g', seq - 1) END, CASE WHEN seq % 100 = 7 THEN 'label' END,
                CASE WHEN seq % 20 = 3 THEN CONCAT('key-', seq) END
            FROM seq_1_to_20000""";

    private MariaDbPlans() {}

    /** Filled when a plan is first asked for, for all tests of this JVM. */
    private static final class Filled {

        static final TestDatabase DATABASE = MariaDbDatabases.fresh();
        static final Statements STATEMENTS = new Statements(
                new Names(null, DATABASE.prefix()),
                new MariaDbDialect(1 << 24),
                StoreClock.bound(InstantSource.system()),
                PausePoint.Hook.NONE);

        static {
            DATABASE.store();
            for (String sql : List.of(
                    FILL,
                    "INSERT INTO {runner} (id, name, state, lease_ms, beats, beat_at, lease_until, started_at)"
                            + " SELECT CONCAT('runner-', seq), 'r', CASE seq WHEN 1 THEN 'DEAD' ELSE 'ALIVE' END, 1, 1, 1,"
                            + " 1, 1 FROM seq_0_to_6",
                    "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                            + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                            + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, state FROM {task}"
                            + " WHERE finished_at IS NOT NULL",
                    "INSERT INTO {request} (task, body) SELECT id, 'x' FROM {task}",
                    "INSERT INTO {result} (task, body) SELECT id, 'x' FROM {task}",
                    "INSERT INTO {dependency} (task, depends_on) SELECT id, CONCAT('g', FLOOR(created_at / 7))"
                            + " FROM {task} WHERE created_at % 3 = 0",
                    "INSERT INTO {batch} (id, owner, created_at, finished_at, run, size, succeeded, failed, cancelled, skipped, deleted,"
                            + " revision, stops_on_failure, paused, stopped, required_level)"
                            + " SELECT batch, MIN(owner), MIN(created_at),"
                            + " CASE WHEN COUNT(finished_at) = COUNT(*) THEN MAX(finished_at) END, 1, 4, 4, 0, 0, 0, 0, 1, 0, 0, 0, 1"
                            + " FROM {task} WHERE batch IS NOT NULL GROUP BY batch")) {
                DATABASE.execute(sql);
            }
            for (String table : List.of("task", "request", "result", "attempt", "dependency", "batch", "runner")) {
                DATABASE.column("ANALYZE TABLE {" + table + "}"); // answers with rows, so it is no update
            }
        }
    }

    /**
     * A line of a plan.
     *
     * @param table the table's name in the statement
     * @param type how it is read; {@code ALL} is the whole table, {@code index} the whole index unless it stops early
     * @param key the index
     * @param extra what else is done
     */
    public record Line(String table, String type, String key, String extra) {

        /** The index that is read; a second one may only filter. */
        private String index() {
            return key.replaceFirst("\\|.*", "");
        }

        /** A table of which there is much; what is made along the way is as large as what was read for it. */
        private boolean isLarge() {
            return !table.startsWith("<") && !table.equals("r") && !table.endsWith("runner");
        }
    }

    /** The plan of a statement, with these values and otherwise some that fit. */
    public static List<Line> plan(String template, Map<String, ?> values) {
        Map<String, Object> given = new HashMap<>(PlanValues.ANY);
        given.putAll(values);
        var rendered = Filled.STATEMENTS.of(template).render(given, false);
        var lines = new ArrayList<Line>();
        try (Connection connection = Filled.DATABASE.source().getConnection();
                var statement = connection.prepareStatement("EXPLAIN " + rendered.text())) {
            for (int i = 0; i < rendered.values().size(); i++) {
                Query.bind(statement, i + 1, rendered.values().get(i));
            }
            try (var results = statement.executeQuery()) {
                while (results.next()) {
                    lines.add(new Line(
                            String.valueOf(results.getString("table")),
                            String.valueOf(results.getString("type")),
                            String.valueOf(results.getString("key")),
                            String.valueOf(results.getString("Extra"))));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(template, e);
        }
        return lines;
    }

    /** No table but that of the runners is read whole; these indexes are used. */
    public static void assertUses(List<Line> plan, String... indexes) {
        assertThat(plan).filteredOn(Line::isLarge).noneMatch(line -> line.type().equals("ALL"));
        for (String index : indexes) {
            assertThat(plan).anyMatch(line -> line.index().endsWith(index));
        }
    }

    /** Read in the order of an index: whoever must sort has read all of it. */
    public static void assertInOrder(List<Line> plan, String index) {
        assertUses(plan, index);
        assertThat(plan)
                .filteredOn(line -> line.index().endsWith(index))
                .noneMatch(line -> line.extra().contains("filesort"));
    }
}
