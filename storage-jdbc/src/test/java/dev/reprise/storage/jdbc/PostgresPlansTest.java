package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With many finished and some ready tasks, the statements that run all the time read no table from end to end. */
@Tag("heavy")
class PostgresPlansTest {

    private static final TestDatabase DATABASE = PostgresDatabases.fresh();
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, finished_at, priority, run, attempts, failures, crashes,
                repeats, pauses, unmet, gate, crash_fails, state, owner, kind, provider, model, runner, parent)
            SELECT 'g' || i, 1, i, CASE WHEN i %% 100 = 1 THEN 9999999999999 END, CASE WHEN i %% 100 > 2 THEN i END,
                i %% 3, 1, 1, 0, 0, 0, 0, 0, 0, 0,
                CASE i %% 100 WHEN 0 THEN 'READY' WHEN 1 THEN 'SCHEDULED' WHEN 2 THEN 'RUNNING' ELSE 'SUCCEEDED' END,
                'owner-' || (i %% 50), 'SINGLE', 'fake', 'fake-model',
                CASE WHEN i %% 100 = 2 THEN 'runner-' || (i %% 7) END, CASE WHEN i %% 10 = 5 THEN 'g' || (i - 1) END
            FROM generate_series(1, %d) i""";

    private final Statements statements = new Statements(
            new Names(null, DATABASE.prefix()), new PostgresDialect(), StoreClock.bound(InstantSource.system()));

    @BeforeAll
    static void fill() {
        DATABASE.store();
        DATABASE.execute(FILL.formatted(60_000));
        DATABASE.execute("INSERT INTO {request} (task, body) SELECT id, 'x' FROM {task}");
        DATABASE.execute("INSERT INTO {runner} (id, name, state, lease_ms, beats, beat_at, lease_until, started_at)"
                + " SELECT 'runner-' || i, 'r', CASE i WHEN 1 THEN 'DEAD' ELSE 'ALIVE' END, 1, 1, 1, 1, 1"
                + " FROM generate_series(0, 6) i");
        for (String table : List.of("task", "request", "runner", "attempt", "result", "dependency", "batch")) {
            DATABASE.execute("ANALYZE {" + table + "}");
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private String plan(String template, Map<String, Object> values) {
        var given = new HashMap<>(values);
        given.putIfAbsent("now", 5L);
        var rendered = statements.of(template).render(given, true);
        try (Connection connection = DATABASE.source().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("EXPLAIN " + rendered.text())) {
                for (int i = 0; i < rendered.values().size(); i++) {
                    Object value = rendered.values().get(i);
                    if (value instanceof java.util.Collection<?> many) {
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
            throw new IllegalStateException(e);
        }
    }

    private void assertUses(String plan, String... indexes) {
        assertThat(plan).doesNotContain("Seq Scan on " + DATABASE.prefix() + "task");
        for (String index : indexes) {
            assertThat(plan).contains(DATABASE.prefix() + index);
        }
    }

    @Test
    void claimReadsTheReadyOnesInOrder() {
        var plan = plan(OneStatementClaims.CLAIM, Map.of("me", "runner-0", "limit", 16));

        assertUses(plan, "task_ready", "task_pkey", "request_pkey");
        assertThat(plan).doesNotContain("Sort");
    }

    @Test
    void beatReadsItsOwn() {
        assertUses(plan(Leases.HELD, Map.of("id", "runner-0")), "task_runner");
    }

    @Test
    void reapReadsTheDeadsOwn() {
        assertUses(plan(Reaper.OF_THE_DEAD, Map.of()), "task_runner");
    }

    @Test
    void promotionReadsTheDue() {
        assertUses(plan(Schedule.DUE, Map.of()), "task_due");
        assertUses(plan(Schedule.NEXT, Map.of()), "task_due");
    }

    @Test
    void outcomesFindTheirTasks() {
        assertUses(plan(Locks.TASKS + " SKIP LOCKED", Map.of("ids", ids())), "task_pkey");
        assertUses(plan(Locks.GATED, Map.of("ids", ids())), "task_pkey");
    }

    private static List<String> ids() {
        return java.util.stream.IntStream.range(1, 200)
                .mapToObj(i -> "g" + i * 7)
                .collect(Collectors.toList());
    }

    @Test
    void listsAreReadFromTheirIndex() {
        for (var query : List.of(
                new TaskQuery(Scope.of(dev.reprise.identity.Owner.of("owner-3")), GenerationQuery.all(), null),
                new TaskQuery(
                        Scope.of(dev.reprise.identity.Owner.of("owner-3")),
                        GenerationQuery.builder().states(TaskState.SUCCEEDED).build(),
                        new dev.reprise.store.PagePoint(java.time.Instant.ofEpochMilli(30_000), id("g30000"))))) {
            var page = new ListPage(query);
            assertUses(plan(page.sql(), page.values()), "task_owner");
        }
        var all = new ListPage(new TaskQuery(Scope.ALL, GenerationQuery.all(), null));
        assertUses(plan(all.sql(), all.values()), "task_created");
    }

    @Test
    void chainWalksByKey() {
        assertUses(
                plan(Chains.CHAIN, Map.of("id", "g55", "limit", 100, "across", 1, "anybody", 1, "owner", "")),
                "task_pkey");
    }

    @Test
    void childrenAreReadFromTheirIndex() {
        assertUses(plan(Queries.CHILDREN, Map.of("parent", "g54", "anybody", 1, "owner", "")), "task_parent");
    }
}
