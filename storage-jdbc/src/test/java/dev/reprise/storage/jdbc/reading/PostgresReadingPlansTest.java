package dev.reprise.storage.jdbc.reading;

import static dev.reprise.storage.jdbc.PostgresPlans.FINISHED;
import static dev.reprise.storage.jdbc.PostgresPlans.OWNER;
import static dev.reprise.storage.jdbc.PostgresPlans.assertUses;
import static dev.reprise.storage.jdbc.PostgresPlans.plan;
import static dev.reprise.storage.jdbc.Tasks.id;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.storage.jdbc.PlanValues;
import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With a million finished and ten thousand ready tasks, nothing that a person waits for reads a table from end to end. */
@Tag("heavy")
class PostgresReadingPlansTest {

    private static final Map<String, Object> ANYBODY = Map.of("anybody", 1, "owner", "");
    private static final Map<String, Object> ONE_OWNER = Map.of("anybody", 0, "owner", OWNER.value());
    private static final List<Map<String, Object>> SCOPES = List.of(ANYBODY, ONE_OWNER);

    static List<Constant> statements() {
        return StatementConstants.statementsOf("reading");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertUses(plan(statement.text(), ONE_OWNER));
    }

    private static Map<String, Object> with(Map<String, Object> some, String name, Object value) {
        var all = new HashMap<>(some);
        all.put(name, value);
        return all;
    }

    @Test
    void keyIsFoundByIndex() {
        assertUses(plan(TaskReader.BY_KEY, ONE_OWNER), "task_idempotency");
    }

    @Test
    void tasksAreFoundByKey() {
        var some = with(ANYBODY, "ids", PlanValues.IDS);
        var one = with(ONE_OWNER, "ids", List.of("g3"));
        for (String statement : List.of(TaskReader.FIND, TaskReader.SUMMARIES)) {
            assertUses(plan(statement, some), "task_pkey", "attempt_pkey");
            assertUses(plan(statement, one), "task_pkey", "attempt_pkey");
        }
    }

    @Test
    void countsOfAnOwnerReadHisOwn() {
        assertUses(plan(TaskReader.COUNTS, ONE_OWNER), "task_owner");
    }

    private static String listed(Scope scope, GenerationQuery filter) {
        var page = new ListPage(new TaskQuery(scope, filter, null));
        var first = plan(SummaryRows.select(page.sql()), page.values());
        int middle = FINISHED / 2;
        var next = new ListPage(
                new TaskQuery(scope, filter, new PagePoint(Instant.ofEpochMilli(middle), id("g" + middle))));
        return first + plan(SummaryRows.select(next.sql()), next.values());
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
                    case WAITING, HELD, AWAITING_DECISION, PARKED, FAILED, CANCELLED, SKIPPED -> "task_aside";
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

        assertUses(listed(Scope.ALL, filter), "task_position");
        assertUses(listed(Scope.of(OWNER), filter), "task_position");
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
        Map<String, Object> values = Map.of("afterAt", after.createdAt().toEpochMilli(), "afterId", "g7");

        for (var point : new PagePoint[] {null, after}) {
            var everybodys = plan(BatchReader.sql(Scope.ALL, point), values);
            assertUses(everybodys, "batch_created", "task_alone ", "task_position", "attempt_pkey");
            var owners = plan(BatchReader.sql(Scope.of(OWNER), point), values);
            assertUses(owners, "batch_owner", "task_alone_owner", "task_position", "attempt_pkey");
        }
    }

    @Test
    void batchIsReadFromItsIndex() {
        for (var scope : SCOPES) {
            var batch = with(scope, "id", "batch-30");
            assertUses(plan(BatchReader.BATCH, batch), "task_", "attempt_pkey");
            assertUses(plan(BatchReader.SUMMARY, batch), "batch_pkey", "task_position", "attempt_pkey");
        }
    }

    @Test
    void chainWalksByKey() {
        for (var scope : SCOPES) {
            assertUses(plan(Chains.CHAIN, with(scope, "limit", 100)), "task_pkey", "attempt_pkey");
        }
    }

    @Test
    void childrenAreReadFromTheirIndex() {
        for (var scope : SCOPES) {
            assertUses(plan(TaskReader.CHILDREN, scope), "task_parent", "attempt_pkey");
        }
    }

    @Test
    void queueIsCountedAmongWhatHasNotEnded() {
        assertUses(plan(QueueReader.DEPTH, Map.of()), "task_ready", "task_due", "task_runner", "task_aside");
        assertUses(plan(QueueReader.FAILURES, Map.of()), "task_failed");
        assertUses(plan(QueueReader.RUNNERS, Map.of()), "task_runner");
    }
}
