package dev.reprise.storage.jdbc.reading;

import static dev.reprise.storage.jdbc.MariaDbPlans.assertInOrder;
import static dev.reprise.storage.jdbc.MariaDbPlans.assertUses;
import static dev.reprise.storage.jdbc.MariaDbPlans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists read an index's part or its order on MariaDB, however many tasks have ended. */
@Tag("heavy")
class MariaDbReadingPlansTest {

    private static final Scope OWNED = Scope.of(Owner.of("owner-3"));
    private static final PagePoint AFTER = new PagePoint(Instant.ofEpochMilli(10_000), Tasks.id("g10000"));

    static List<Constant> statements() {
        return StatementConstants.statementsOf("reading");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertUses(plan(statement.text(), Map.of()));
    }

    private static void assertListInOrder(Scope scope, GenerationQuery filter, String index) {
        for (var point : new PagePoint[] {null, AFTER}) {
            var page = new ListPage(new TaskQuery(scope, filter, point));
            assertInOrder(plan(SummaryRows.select(page.sql()), page.values()), index);
        }
    }

    @Test
    void chainWalksByKey() {
        assertUses(plan(Chains.CHAIN, Map.of()), "PRIMARY");
        assertUses(plan(TaskReader.CHILDREN, Map.of()), "task_parent");
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

        assertUses(plan(SummaryRows.select(page.sql()), page.values()));
    }

    @Test
    void feedIsReadInOrder() {
        for (var point : new PagePoint[] {null, AFTER}) {
            var everybodys = plan(BatchReader.sql(Scope.ALL, point), Map.of());
            assertInOrder(everybodys, "task_alone");
            assertInOrder(everybodys, "batch_created");
            var owners = plan(BatchReader.sql(OWNED, point), Map.of());
            assertInOrder(owners, "task_alone_owner");
            assertInOrder(owners, "batch_owner");
        }
    }

    @Test
    void batchIsReadFromItsIndex() {
        assertUses(plan(BatchReader.SUMMARY, Map.of("id", "batch-30")), "PRIMARY", "task_position");
        assertUses(plan(BatchReader.BATCH, Map.of("id", "batch-30")));
    }

    @Test
    void queueIsCountedAmongWhatHasNotEnded() {
        var depth = plan(QueueReader.DEPTH, Map.of());
        assertUses(depth);
        assertThat(depth).noneMatch(line -> line.extra().contains("temporary"));
        assertUses(plan(QueueReader.FAILURES, Map.of()), "task_failed");
        assertUses(plan(QueueReader.RUNNERS, Map.of()), "task_runner");
    }
}
