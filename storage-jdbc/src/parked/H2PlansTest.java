package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.HashMap;
import java.util.Map;
import org.h2.engine.Constants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read in the order of an index, and so stops after a page, however many tasks there are. */
class H2PlansTest {

    private static final TestDatabase DATABASE = H2Databases.inMemory();
    private static final Scope OWNED = Scope.of(Owner.of("owner-3"));
    private static final PagePoint AFTER = new PagePoint(Instant.ofEpochMilli(10_000), Tasks.id("g10000"));
    private static final Map<String, Object> VALUES =
            Map.of("now", 5L, "limit", 16, "rows", 21, "owner", "owner-3", "afterAt", 10_000L, "afterId", "g10000");

    /** In batches of four; the oldest have ended. */
    private static final String FILL = """
            INSERT INTO {task} (id, epoch, created_at, due_at, finished_at, priority, run, attempts, failures, crashes,
                repeats, pauses, unmet, gate, crash_fails, place, state, owner, kind, provider, model, batch, parent,
                label)
            SELECT 'g' || x, 1, x, CASE WHEN x > 18000 THEN x END, CASE WHEN x < 16000 THEN x END, MOD(x, 3), 1, 1, 0, 0,
                0, 0, 0, 0, 0, MOD(x, 4),
                CASE WHEN x < 16000 THEN 'SUCCEEDED' WHEN x <= 18000 THEN 'READY' ELSE 'SCHEDULED' END,
                'owner-' || MOD(x / 4, 4), 'VARIATION', 'fake', 'fake-model', 'batch-' || (x / 4),
                CASE WHEN MOD(x, 10) = 9 THEN 'g' || (x - 1) END, CASE WHEN MOD(x, 3) = 0 THEN 'label' END
            FROM SYSTEM_RANGE(1, 20000)""";

    private final Statements statements = new Statements(
            new Names(null, DATABASE.prefix()), H2Dialect.withoutFile(), StoreClock.bound(InstantSource.system()));

    @BeforeAll
    static void fill() {
        assumeTrue(!Constants.VERSION.startsWith("2.2."), "the oldest sorts whatever is read newest first");
        DATABASE.store();
        DATABASE.execute(FILL);
        DATABASE.execute("ANALYZE");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private String plan(String template, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(VALUES);
        values.putAll(more);
        var rendered = statements.of(template).render(values, false);
        try (Connection connection = DATABASE.source().getConnection();
                var statement = connection.prepareStatement("EXPLAIN " + rendered.text())) {
            for (int i = 0; i < rendered.values().size(); i++) {
                Query.bind(statement, i + 1, rendered.values().get(i));
            }
            try (var results = statement.executeQuery()) {
                results.next();
                return results.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertInOrder(String plan, String index) {
        assertThat(plan).contains("/* index sorted */");
        assertThat(plan).containsIgnoringCase("." + DATABASE.prefix() + index);
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
    void deadlinesAreReadInOrder() {
        assertInOrder(plan(Deadlines.PASSED, Map.of("after", 1L)), "task_deadline");
        assertInOrder(plan(Deadlines.NEXT, Map.of()), "task_deadline");
    }

    @Test
    void listsAreReadInOrder() {
        assertListInOrder(Scope.ALL, GenerationQuery.all(), "task_created");
        assertListInOrder(OWNED, GenerationQuery.all(), "task_owner");
    }

    @Test
    void listOfAStateIsReadInOrder() {
        var filter = GenerationQuery.builder().states(TaskState.SUCCEEDED).build();

        assertListInOrder(Scope.ALL, filter, "task_state");
    }

    @Test
    void listOfALabelIsReadInOrder() {
        var filter = GenerationQuery.builder().label("label").build();

        assertListInOrder(Scope.ALL, filter, "task_label");
        assertListInOrder(OWNED, filter, "task_label");
    }

    @Test
    void listOfAParentIsReadInOrder() {
        var filter = GenerationQuery.builder().parent(Tasks.id("g8")).build();

        assertListInOrder(Scope.ALL, filter, "task_parent");
    }

    @Test
    void feedIsReadInOrder() {
        for (var point : new PagePoint[] {null, AFTER}) {
            assertInOrder(plan(Feed.sql(Scope.ALL, point), Map.of()), "task_created");
            assertInOrder(plan(Feed.sql(OWNED, point), Map.of()), "task_owner");
        }
    }
}
