package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.Owner;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the loop and the lists read on MariaDB: an index's part or its order, however many tasks have ended. */
@Tag("heavy")
class MariaDbPlansTest {

    private static final TestDatabase DATABASE = MariaDbDatabases.fresh();
    private static final Scope OWNED = Scope.of(Owner.of("owner-3"));
    private static final PagePoint AFTER = new PagePoint(Instant.ofEpochMilli(10_000), Tasks.id("g10000"));
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("now", 5L),
            Map.entry("limit", 16),
            Map.entry("rows", 21),
            Map.entry("owner", "owner-3"),
            Map.entry("anybody", 0),
            Map.entry("afterAt", 10_000L),
            Map.entry("afterId", "g10000"),
            Map.entry("id", "g59"),
            Map.entry("across", 1),
            Map.entry("parent", "g58"));

    /** In batches of four; most have ended, some are in each state that waits. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, deadline_at, finished_at, priority, run, attempts, failures,
                crashes, repeats, pauses, unmet, gate, crash_fails, place, state, owner, kind, provider, model, runner,
                batch, parent, label)
            SELECT CONCAT('g', seq), 1, seq, CASE WHEN seq > 19000 THEN seq END, CASE WHEN seq % 5 = 0 THEN seq END,
                CASE WHEN seq < 17000 THEN seq END, seq % 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, seq % 4,
                CASE WHEN seq < 17000 THEN CASE WHEN seq % 50 = 1 THEN 'FAILED' ELSE 'SUCCEEDED' END
                    WHEN seq <= 18900 THEN 'READY' WHEN seq <= 19000 THEN 'RUNNING' ELSE 'SCHEDULED' END,
                CONCAT('owner-', FLOOR(seq / 4) % 100), 'VARIATION', 'fake', 'fake-model',
                CASE WHEN seq > 18900 AND seq <= 19000 THEN 'runner-1' END, CONCAT('batch-', FLOOR(seq / 4)),
                CASE WHEN seq % 10 = 9 THEN CONCAT('g', seq - 1) END, CASE WHEN seq % 100 = 7 THEN 'label' END
            FROM seq_1_to_20000""";

    private final Statements statements = new Statements(
            new Names(null, DATABASE.prefix()), new MariaDbDialect(1 << 24), StoreClock.bound(InstantSource.system()));

    @BeforeAll
    static void fill() throws SQLException {
        DATABASE.store();
        DATABASE.execute(FILL);
        DATABASE.execute("INSERT INTO {runner} (id, name, state, lease_ms, beats, beat_at, lease_until, started_at)"
                + " SELECT CONCAT('runner-', seq), 'r', CASE seq WHEN 1 THEN 'DEAD' ELSE 'ALIVE' END, 1, 1, 1, 1, 1"
                + " FROM seq_0_to_6");
        DATABASE.execute(
                "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                        + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                        + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, state FROM {task} WHERE finished_at IS NOT NULL");
        for (String table : List.of("request", "result")) {
            DATABASE.execute("INSERT INTO {" + table + "} (task, body) SELECT id, 'x' FROM {task}");
        }
        DATABASE.execute("INSERT INTO {batch} (id, owner, created_at, stops)"
                + " SELECT batch, MIN(owner), MIN(created_at), 0 FROM {task} GROUP BY batch");
        try (Connection connection = DATABASE.source().getConnection();
                var statement = connection.createStatement()) {
            for (String table : List.of("task", "request", "result", "attempt", "batch", "runner")) {
                statement.execute(
                        "ANALYZE TABLE " + DATABASE.prefix() + table); // answers with rows, so it is no update
            }
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /**
     * A line of a plan.
     *
     * @param table the table's name in the statement
     * @param type how it is read; {@code ALL} is the whole table, {@code index} the whole index unless it stops early
     * @param key the index
     * @param extra what else is done
     */
    private record Line(String table, String type, String key, String extra) {

        /** The index that is read; a second one may only filter. */
        private String index() {
            return key.replaceFirst("\\|.*", "");
        }
    }

    private List<Line> plan(String template, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.putAll(more);
        var rendered = statements.of(template).render(values, false);
        var lines = new ArrayList<Line>();
        try (Connection connection = DATABASE.source().getConnection();
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
            throw new IllegalStateException(e);
        }
        return lines;
    }

    /** No table but that of the runners is read whole; these indexes are used. */
    private static void assertUses(List<Line> plan, String... indexes) {
        assertThat(plan)
                .filteredOn(
                        line -> !line.table().startsWith("<") && !line.table().equals("r"))
                .noneMatch(line -> line.type().equals("ALL"));
        for (String index : indexes) {
            assertThat(plan).anyMatch(line -> line.index().endsWith(index));
        }
    }

    /** Read in the order of an index: whoever must sort has read all of it. */
    private static void assertInOrder(List<Line> plan, String index) {
        assertUses(plan, index);
        assertThat(plan)
                .filteredOn(line -> line.index().endsWith(index))
                .noneMatch(line -> line.extra().contains("filesort"));
    }

    private void assertListInOrder(Scope scope, GenerationQuery filter, String index) {
        for (var point : new PagePoint[] {null, AFTER}) {
            var page = new ListPage(new TaskQuery(scope, filter, point));
            assertInOrder(plan(StoredRows.select(page.sql()), page.values()), index);
        }
    }

    @Test
    void claimReadsTheReadyOnesInOrder() {
        assertInOrder(plan(TwoStepClaims.PICK, Map.of()), "task_ready");
    }

    @Test
    void promotionReadsTheDueInOrder() {
        assertInOrder(plan(Schedule.DUE, Map.of()), "task_due");
    }

    @Test
    void deadlinesAreReadInOrderAmongWhatHasNotEnded() {
        assertInOrder(plan(Deadlines.PASSED, Map.of("now", 17_100L, "after", 1L)), "task_deadline");
        assertInOrder(plan(Deadlines.NEXT, Map.of()), "task_deadline");
        assertUses(plan(Schedule.NEXT, Map.of()), "task_deadline");
    }

    @Test
    void beatAndReapReadWhatRunnersHave() {
        assertUses(plan(Leases.HELD, Map.of("id", "runner-1")), "task_runner");
        // By the runner or by the state, whichever has less.
        assertUses(plan(Reaper.OF_THE_DEAD, Map.of()));
    }

    @Test
    void chainWalksByKey() {
        assertUses(plan(Chains.CHAIN, Map.of()), "PRIMARY");
        assertUses(plan(Queries.CHILDREN, Map.of()), "task_parent");
    }

    @Test
    void listsAreReadInOrder() {
        assertListInOrder(Scope.ALL, GenerationQuery.all(), "task_created");
        assertListInOrder(OWNED, GenerationQuery.all(), "task_owner");
    }

    @Test
    void listOfAStateReadsAnIndex() {
        var filter = GenerationQuery.builder().states(TaskState.FAILED).build();
        var page = new ListPage(new TaskQuery(Scope.ALL, filter, null));

        assertUses(plan(StoredRows.select(page.sql()), page.values()));
    }

    @Test
    void feedIsReadInOrder() {
        for (var point : new PagePoint[] {null, AFTER}) {
            assertInOrder(plan(Feed.sql(Scope.ALL, point), Map.of()), "task_created");
            assertInOrder(plan(Feed.sql(OWNED, point), Map.of()), "task_owner");
        }
    }
}
