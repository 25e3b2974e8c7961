package dev.reprise.storage.jdbc;

import static dev.reprise.storage.jdbc.Tasks.alone;
import static dev.reprise.storage.jdbc.Tasks.id;
import static dev.reprise.storage.jdbc.Tasks.runner;
import static dev.reprise.storage.jdbc.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.KnownNames;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Retention;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SQLite reads for what the store does: never all tasks, however many have ended. */
class SqlitePlansTest {

    private static final TestDatabase DATABASE = SqliteDatabases.fresh();
    private static final Scope OWNED = Scope.of(Owner.of("owner-1"));
    private static final PagePoint AFTER = new PagePoint(Instant.ofEpochMilli(9_000), id("t9000"));
    private static final Set<String> PREPARED = new LinkedHashSet<>();
    private static JdbcTaskStore store;
    private static RunnerSession runner;

    /** In batches of four; most have ended. */
    private static final String FILL = """
            INSERT INTO {task} (id, owner, kind, label, provider, model, batch, batch_position, parent, priority,
                created_at, due_at, deadline_at, finished_at, state, reason, run, epoch, attempts, failures, crashes,
                parameter_retries, turn_continuations, open_dependencies, fails_on_crash, required_level,
                idempotency_key)
            WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)
            SELECT 't' || x, 'owner-' || (x / 4 % 4), 'VARIATION', CASE WHEN x % 3 = 0 THEN 'label' END, 'fake',
                'fake-model', 'batch-' || (x / 4), x % 4, CASE WHEN x % 10 = 9 THEN 't' || (x - 1) END, x % 3, x,
                CASE WHEN x > 19000 THEN x END, CASE WHEN x > 18000 AND x % 5 = 0 THEN x * 1000000000 END,
                CASE WHEN x < 18000 THEN x END,
                CASE WHEN x < 18000 THEN CASE x % 100 WHEN 0 THEN 'FAILED' ELSE 'SUCCEEDED' END
                    WHEN x <= 18900 THEN 'READY' WHEN x <= 19000 THEN 'PARKED' ELSE 'SCHEDULED' END,
                CASE WHEN x > 18900 AND x <= 19000 THEN 'unknown_provider' END,
                1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 'key-' || x FROM n""";

    @BeforeAll
    static void fill() {
        DATABASE.store();
        DATABASE.execute(FILL);
        for (String sql : List.of(
                "INSERT INTO {batch} SELECT batch, owner, NULL, MIN(created_at), MAX(finished_at), 1, 4, 0, 0, 0, 0, 0, 1,"
                        + " 2, 1, 0, 0, 1 FROM {task} GROUP BY batch",
                "INSERT INTO {request} SELECT id, x'00' FROM {task}",
                "INSERT INTO {result} SELECT id, x'00' FROM {task} WHERE state = 'SUCCEEDED'",
                "INSERT INTO {attempt} (task, epoch, started_at, ended_at, input_tokens, output_tokens,"
                        + " cache_read_tokens, cache_write_tokens, run, attempt_no, outcome)"
                        + " SELECT id, 1, created_at, created_at, 1, 1, 0, 0, 1, 1, 'SUCCEEDED' FROM {task}",
                "INSERT INTO {dependency} SELECT id, 't' || (created_at / 7) FROM {task} WHERE created_at % 3 = 0")) {
            DATABASE.execute(sql);
        }
        store = DATABASE.keep(JdbcTaskStore.builder(recording(DATABASE.source()))
                .tablePrefix(DATABASE.prefix())
                .clock(DATABASE.clock())
                .build());
        runner = runner(store);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void forget() {
        PREPARED.clear();
    }

    private static DataSource recording(DataSource real) {
        return proxy(DataSource.class, real);
    }

    private static <T> T proxy(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                SqlitePlansTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        PREPARED.add((String) arguments[0]);
                    }
                    try {
                        var result = method.invoke(real, arguments);
                        return result instanceof Connection connection
                                        && method.getName().equals("getConnection")
                                ? proxy(Connection.class, connection)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static List<String> plan(String sql) {
        try (Connection connection = DATABASE.source().getConnection();
                var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                var results = statement.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (results.next()) {
                lines.add(results.getString("detail"));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final Pattern SCAN = Pattern.compile("SCAN (\\w+)(?: USING (?:COVERING )?INDEX (\\w+))?.*");

    /** Each statement that has been prepared since the test began finds its rows by keys, or in an index's order. */
    private static void assertNothingIsReadWhole(String... indexes) {
        assertThat(PREPARED).isNotEmpty();
        var used = new StringBuilder();
        for (String sql : PREPARED) {
            var plan = plan(sql);
            plan.forEach(used::append);
            for (String line : plan) {
                var scan = SCAN.matcher(line);
                boolean ordered = scan.matches()
                        && scan.group(2) != null
                        && !scan.group(2).startsWith("sqlite_autoindex");
                if (scan.matches() && !ordered && !isSmall(scan.group(1), plan)) {
                    assertThat(plan).as(sql).doesNotContain(line);
                }
            }
        }
        for (String index : indexes) {
            assertThat(used.toString()).contains(DATABASE.prefix() + index);
        }
    }

    /** What a statement has made itself, or rows that are few. */
    private static boolean isSmall(String name, List<String> plan) {
        return Set.of("json_each", "CONSTANT", "r", DATABASE.prefix() + "runner")
                        .contains(name)
                || plan.stream().anyMatch(line -> line.matches("(MATERIALIZE|CO-ROUTINE) " + name))
                || plan.stream().anyMatch(line -> line.equals("RECURSIVE STEP"));
    }

    private static void assertNothingIsSorted() {
        for (String sql : PREPARED) {
            assertThat(plan(sql)).as(sql).noneMatch(line -> line.startsWith("USE TEMP B-TREE"));
        }
    }

    @Test
    void claimReadsTheReadyOnesInOrder() {
        assertThat(runner.claim(4)).hasSize(4);

        assertNothingIsReadWhole("task_ready");
        assertNothingIsSorted();
    }

    @Test
    void beatAndLooksReadWhatTheyAreFor() {
        runner.beat();
        runner.reap();
        runner.promote();
        runner.expire();
        runner.unpark(new KnownNames(Set.of("another"), Set.of(), Set.of()));

        assertNothingIsReadWhole("task_runner", "task_due", "task_deadline", "task_aside");
    }

    @Test
    void outcomesAndEndingsFindTheirTasks() {
        var claimed = runner.claim(2);
        runner.storeOutcomes(
                claimed.stream().map(one -> Tasks.succeeded(one.ref())).toList());
        runner.storeOutcomes(
                runner.claim(1).stream().map(one -> Tasks.failed(one.ref())).toList());
        runner.handBack(runner.claim(1).stream().map(one -> one.ref()).toList());
        store.cancel(Scope.ALL, id("t18500"));
        store.cancel(Scope.ALL, new BatchId("batch-4700"));
        store.delete(Scope.ALL, id("t18600"));

        assertNothingIsReadWhole("task_position", "dependency_on");
    }

    @Test
    void submissionsLookForKeysAndParents() {
        store.submit(
                alone(Tasks.once("once", "new-key", "hash"), Tasks.child("child", "t18001"), task("after", "t18002")));
        store.submit(alone(Tasks.once("once", "new-key", "hash")));

        assertNothingIsReadWhole("task_idempotency");
    }

    @Test
    void listsAreReadInTheOrderOfAnIndex() {
        for (var point : new PagePoint[] {null, AFTER}) {
            for (var scope : List.of(Scope.ALL, OWNED)) {
                store.list(new TaskQuery(scope, GenerationQuery.all(), point));
            }
            store.list(new TaskQuery(
                    Scope.ALL, GenerationQuery.builder().label("label").build(), point));
            store.list(new TaskQuery(
                    Scope.ALL, GenerationQuery.builder().parent(id("t8")).build(), point));
            for (var state : TaskState.values()) {
                store.list(new TaskQuery(
                        Scope.ALL, GenerationQuery.builder().states(state).build(), point));
            }
        }

        assertNothingIsReadWhole(
                "task_created", "task_owner", "task_label", "task_parent", "task_aside", "task_ready", "task_due");
    }

    @Test
    void readsOfFewFindThem() {
        store.find(Scope.ALL, List.of(id("t1"), id("t2")));
        store.states(List.of(id("t1"), id("t2")));
        store.byIdempotencyKey(Owner.of("owner-1"), "key-5");
        store.children(OWNED, id("t8"));
        store.chain(OWNED, id("t9"), 10, true);
        store.batch(OWNED, new BatchId("batch-5"));
        store.summary(OWNED, new BatchId("batch-5"));
        for (var point : new PagePoint[] {null, AFTER}) {
            store.feed(OWNED, 10, point);
            store.feed(Scope.ALL, 10, point);
        }

        assertNothingIsReadWhole(
                "batch_owner", "batch_created", "task_alone", "task_alone_owner", "task_position", "task_parent");
    }

    @Test
    void figuresOfTheQueueReadWhatIsOpenAndWhatFailed() {
        var figures = store.queueReads().orElseThrow();
        figures.queue(Duration.ofHours(1));
        figures.runners();

        assertNothingIsReadWhole("task_failed", "task_runner");
    }

    @Test
    void purgeReadsByTime() {
        store.purge(Retention.of(Duration.ofDays(36_500)));

        assertNothingIsReadWhole("task_created");
    }
}
