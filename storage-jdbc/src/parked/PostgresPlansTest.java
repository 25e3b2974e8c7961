package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With a million finished and ten thousand ready tasks, no statement that runs all the time, or that a person waits for,
 * reads a table from end to end.
 */
@Tag("heavy")
class PostgresPlansTest {

    private static final int FINISHED = Integer.getInteger("reprise.plans.finished", 1_000_000);
    private static final TestDatabase DATABASE = PostgresDatabases.fresh();
    private static final Owner OWNER = Owner.of("owner-3");
    private static final Map<String, Object> ANYBODY = Map.of("anybody", 1, "owner", "");
    private static final Map<String, Object> ONE_OWNER = Map.of("anybody", 0, "owner", OWNER.value());
    /** The oldest are finished, most of them well; then come those that are ready, and some in every other state. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, deadline_at, finished_at, priority, run, attempts, failures, crashes,
                repeats, pauses, unmet, gate, crash_fails, place, state, owner, kind, provider, model, reason, runner,
                batch, parent, label, idem_key)
            SELECT 'g' || i, 1, i, CASE WHEN state = 'SCHEDULED' THEN 9999999999999 END,
                CASE WHEN i %% 4 = 1 THEN 9999999999998 END,
                CASE WHEN i <= %1$d THEN i END, i %% 3, 1, 1, 0, 0, 0, 0, 0, 0, 0,
                CASE WHEN batched THEN i %% 4 END, state, 'owner-' || (i %% 1000),
                CASE WHEN batched THEN 'VARIATION' WHEN i %% 10 = 9 THEN 'REFINEMENT' ELSE 'SINGLE' END,
                'fake', 'fake-model', CASE state WHEN 'PARKED' THEN 'unknown_provider: fake' END,
                CASE state WHEN 'RUNNING' THEN 'runner-' || (i %% 7) END,
                CASE WHEN batched THEN 'batch-' || (i / 4) END, CASE WHEN i %% 10 = 9 THEN 'g' || (i - 1) END,
                CASE WHEN i %% 100 = 7 THEN 'label-' || (i %% 17) END, CASE WHEN i %% 20 = 3 THEN 'key-' || i END
            FROM (SELECT i, i / 4 %% 3 = 0 AS batched, CASE
                    WHEN i <= %1$d THEN CASE WHEN i %% 50 = 11 THEN 'FAILED' WHEN i %% 500 = 12 THEN 'CANCELLED'
                        WHEN i %% 500 = 13 THEN 'SKIPPED' ELSE 'SUCCEEDED' END
                    WHEN i <= %1$d + 10000 THEN 'READY'
                    ELSE (ARRAY['SCHEDULED', 'RUNNING', 'WAITING', 'HELD', 'PARKED'])[1 + i %% 5] END AS state
                FROM generate_series(1, %1$d + 15000) i) made""";

    private final Statements statements =
            new Statements(new Names(null, DATABASE.prefix()), new PostgresDialect(), new PostgresDialect().clock());

    @BeforeAll
    static void fill() {
        DATABASE.store();
        DATABASE.execute(FILL.formatted(FINISHED));
        for (String sql : List.of(
                "INSERT INTO {request} (task, body) SELECT id, 'x' FROM {task}",
                "INSERT INTO {result} (task, body) SELECT id, 'x' FROM {task} WHERE state = 'SUCCEEDED'",
                "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                        + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                        + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, state FROM {task}"
                        + " WHERE finished_at IS NOT NULL",
                "INSERT INTO {batch} (id, owner, created_at, stops)"
                        + " SELECT batch, min(owner), min(created_at), 0 FROM {task} WHERE batch IS NOT NULL GROUP BY 1",
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

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private String plan(String template, Map<String, ?> values) {
        Map<String, Object> given = new HashMap<>(values);
        given.putIfAbsent("now", 5L);
        var rendered = statements.of(template).render(given, true);
        try (Connection connection = DATABASE.source().getConnection()) {
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
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** No table but that of the runners, of which there are a few, is read whole; these indexes are used. */
    private static void assertUses(String plan, String... indexes) {
        assertThat(plan).doesNotContainPattern("Seq Scan on " + DATABASE.prefix() + "(?!runner)");
        for (String index : indexes) {
            assertThat(plan).contains(DATABASE.prefix() + index);
        }
        if (indexes.length > 0) {
            // Whoever must sort the finished ones has read them all.
            assertThat(mostSorted(plan)).isLessThan(FINISHED / 10);
        }
    }

    private static long mostSorted(String plan) {
        return Pattern.compile("(?:Sort|HashAggregate) +\\(cost=\\S+ rows=(\\d+)")
                .matcher(plan)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .max()
                .orElse(0);
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
        assertUses(plan(Reaper.OF_NOBODY, Map.of()), "task_runner");
        assertUses(plan(Reaper.FORGET, Map.of()), "task_runner");
    }

    @Test
    void promotionReadsTheDue() {
        var due = plan(Schedule.DUE, Map.of());
        assertUses(due, "task_due");
        assertThat(due).containsPattern("Index Cond: .*due_at <=");
        assertUses(plan(Schedule.NEXT, Map.of()), "task_due");
    }

    @Test
    void deadlinesAreLookedForAmongThoseThatHaveOne() {
        assertUses(plan(Schedule.NEXT, Map.of()), "task_deadline");
        var plan = plan(Deadlines.PASSED, Map.of("after", Long.MIN_VALUE));
        assertUses(plan, "task_deadline");
        assertThat(plan).doesNotContain("Sort").containsPattern("Index Cond: .*deadline_at <=");
    }

    @Test
    void takingUpWhatWasPutAsideReadsThat() {
        assertUses(
                plan(Parking.PARKED, Map.of("providers", List.of("fake"), "processors", List.of(""))), "task_parked");
    }

    @Test
    void outcomesFindTheirTasks() {
        assertUses(plan(Locks.TASKS + " SKIP LOCKED", Map.of("ids", ids())), "task_pkey");
        assertUses(plan(Locks.GATED, Map.of("ids", ids())), "task_pkey", "dependency_on");
        assertUses(plan(Locks.GATED_EACH, Map.of("ids", ids())), "task_pkey", "dependency_on");
        assertUses(plan(Locks.DEPENDENT_EACH, Map.of("ids", ids())), "dependency_on");
    }

    @Test
    void endsFindWhatFollows() {
        assertUses(plan(Endings.TO_RELEASE, Map.of("ids", ids())), "dependency_on");
        assertUses(plan(Endings.DEPENDENTS, Map.of("ids", ids())), "dependency_on");
        assertUses(plan(Endings.NOT_STARTED, Map.of("batch", "batch-30")), "task_");
        assertUses(plan(Admission.FREE, Map.of("batch", "batch-30")), "batch_pkey", "task_");
        assertUses(plan(Admission.NEXT, Map.of("batch", "batch-30", "free", 3)), "task_");
    }

    private static List<String> ids() {
        return IntStream.range(1, 200).mapToObj(i -> "g" + i * 7).toList();
    }

    @Test
    void purgeReadsTheOldInOrder() {
        assertUses(
                plan(Purge.OLD, Map.of("before", FINISHED / 2, "at", FINISHED / 2, "id", "g", "most", 500)),
                "task_created",
                "task_parent",
                "dependency_on");
        assertUses(plan(Purge.PARENTS, Map.of("ids", ids())), "task_pkey", "task_parent");
        assertUses(plan(Purge.NEEDED, Map.of("ids", ids())), "dependency_on");
    }

    @Test
    void keyIsFoundByIndex() {
        assertUses(plan(Queries.BY_KEY, Map.of("owner", OWNER.value(), "key", "key-3")), "task_idem");
        assertUses(
                plan(KnownKeys.KEYS, Map.of("owner", OWNER.value(), "keys", List.of("key-3", "key-4"))), "task_idem");
    }

    @Test
    void tasksAreFoundByKey() {
        assertUses(plan(Queries.FIND, with(ANYBODY, Map.of("ids", ids().subList(0, 50)))), "task_pkey", "attempt_pkey");
        assertUses(plan(Queries.FIND, with(ONE_OWNER, Map.of("ids", List.of("g3")))), "task_pkey", "attempt_pkey");
    }

    @Test
    void countsOfAnOwnerReadHisOwn() {
        assertUses(plan(Queries.COUNTS, ONE_OWNER), "task_owner");
    }

    private String listed(Scope scope, GenerationQuery filter) {
        var page = new ListPage(new TaskQuery(scope, filter, null));
        var first = plan(StoredRows.select(page.sql()), page.values());
        int middle = FINISHED / 2;
        var next = new ListPage(
                new TaskQuery(scope, filter, new PagePoint(Instant.ofEpochMilli(middle), id("g" + middle))));
        return first + plan(StoredRows.select(next.sql()), next.values());
    }

    @Test
    void listsAreReadInOrder() {
        assertUses(listed(Scope.of(OWNER), GenerationQuery.all()), "task_owner");
        assertUses(listed(Scope.ALL, GenerationQuery.all()), "task_created");
        var time = GenerationQuery.builder()
                .createdFrom(Instant.ofEpochMilli(FINISHED / 4))
                .createdBefore(Instant.ofEpochMilli(FINISHED / 2))
                .build();
        assertUses(listed(Scope.of(OWNER), time), "task_owner");
        assertUses(listed(Scope.ALL, time), "task_created");
    }

    @ParameterizedTest
    @EnumSource(TaskState.class)
    void listOfAStateReadsThatStateOrStopsWhenItHasAPage(TaskState state) {
        var filter = GenerationQuery.builder().states(state).build();

        assertUses(listed(Scope.of(OWNER), filter), "task_");
        assertUses(
                listed(Scope.ALL, filter),
                switch (state) {
                    // In order, until there is a page; of READY it takes whichever seems shorter.
                    case SUCCEEDED -> "task_created";
                    case READY -> "task_";
                    case SCHEDULED -> "task_due";
                    case RUNNING, UPLOADING -> "task_runner";
                    case WAITING, HELD, PARKED, FAILED, CANCELLED, SKIPPED -> "task_aside";
                });
    }

    @Test
    void listOfSeveralStatesReadsEach() {
        var open = GenerationQuery.builder()
                .states(TaskState.WAITING, TaskState.SCHEDULED, TaskState.READY, TaskState.RUNNING)
                .build();

        assertUses(listed(Scope.ALL, open), "task_aside", "task_due", "task_runner");
        assertUses(listed(Scope.of(OWNER), open), "task_");
    }

    @Test
    void listOfABatchReadsIt() {
        var filter = GenerationQuery.builder().batch(new BatchId("batch-30")).build();

        assertUses(listed(Scope.ALL, filter), "task_place");
        assertUses(listed(Scope.of(OWNER), filter), "task_place");
    }

    @Test
    void listOfAParentReadsItsChildren() {
        var filter = GenerationQuery.builder().parent(id("g38")).build();

        assertUses(listed(Scope.ALL, filter), "task_parent");
        assertUses(listed(Scope.of(OWNER), filter), "task_parent");
    }

    @Test
    void listOfALabelReadsWhatHasIt() {
        var filter = GenerationQuery.builder().label("label-7").build();

        assertUses(listed(Scope.ALL, filter), "task_label");
        assertUses(listed(Scope.of(OWNER), filter), "task_");
    }

    @Test
    void listOfAKindStopsWhenItHasAPage() {
        var filter = GenerationQuery.builder().kind(GenerationKind.REFINEMENT).build();

        assertUses(listed(Scope.ALL, filter), "task_created");
        assertUses(listed(Scope.of(OWNER), filter), "task_owner");
    }

    @Test
    void feedIsReadInOrder() {
        var after = new PagePoint(Instant.ofEpochMilli(FINISHED / 2), id("g" + FINISHED / 2));
        Map<String, Object> values = Map.of(
                "rows", 21, "owner", OWNER.value(), "afterAt", after.createdAt().toEpochMilli(), "afterId", "g7");

        for (var point : new PagePoint[] {null, after}) {
            assertUses(plan(Feed.sql(Scope.ALL, point), values), "task_created", "task_place", "attempt_pkey");
            assertUses(plan(Feed.sql(Scope.of(OWNER), point), values), "task_owner", "task_place", "attempt_pkey");
        }
    }

    @Test
    void batchIsReadFromItsIndex() {
        assertUses(plan(Feed.BATCH, with(ANYBODY, Map.of("id", "batch-30"))), "task_", "attempt_pkey");
        assertUses(plan(Feed.BATCH, with(ONE_OWNER, Map.of("id", "batch-30"))), "task_", "attempt_pkey");
        assertUses(plan(Cancellation.OF_BATCH, Map.of("id", "batch-30")), "task_");
    }

    @Test
    void chainWalksByKey() {
        var chain = Map.<String, Object>of("id", "g59", "limit", 100, "across", 1);

        assertUses(plan(Chains.CHAIN, with(ANYBODY, chain)), "task_pkey", "attempt_pkey");
        assertUses(plan(Chains.CHAIN, with(ONE_OWNER, chain)), "task_pkey", "attempt_pkey");
    }

    @Test
    void childrenAreReadFromTheirIndex() {
        assertUses(plan(Queries.CHILDREN, with(ANYBODY, Map.of("parent", "g58"))), "task_parent");
        assertUses(plan(Queries.CHILDREN, with(ONE_OWNER, Map.of("parent", "g58"))), "task_parent");
    }
}
