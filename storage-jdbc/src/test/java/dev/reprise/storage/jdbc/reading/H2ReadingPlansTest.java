package dev.reprise.storage.jdbc.reading;

import static dev.reprise.storage.jdbc.H2Plans.assertInOrder;
import static dev.reprise.storage.jdbc.H2Plans.assertReadsNoWholeTable;
import static dev.reprise.storage.jdbc.H2Plans.plan;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.Owner;
import dev.reprise.storage.jdbc.H2Plans;
import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.storage.jdbc.Tasks;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read in the order of an index, and so stops after a page, however many tasks there are. */
class H2ReadingPlansTest {

    private static final Scope OWNED = Scope.of(Owner.of("owner-3"));
    private static final PagePoint AFTER = new PagePoint(Instant.ofEpochMilli(10_000), Tasks.id("g10000"));

    @BeforeAll
    static void assumeReadsBackwards() {
        H2Plans.assumeReadsBackwards();
    }

    static List<Constant> statements() {
        return StatementConstants.statementsOf("reading");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertReadsNoWholeTable(plan(statement.text(), Map.of()));
    }

    private static void assertListInOrder(Scope scope, GenerationQuery filter, String index) {
        for (var point : new PagePoint[] {null, AFTER}) {
            var page = new ListPage(new TaskQuery(scope, filter, point));
            assertInOrder(plan(SummaryRows.select(page.sql()), page.values()), index);
        }
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
            assertReadsNoWholeTable(plan(BatchReader.sql(Scope.ALL, point), Map.of()));
            var everybodys = plan(BatchReader.heads(Scope.ALL, point), Map.of());
            assertInOrder(everybodys, "task_alone");
            assertInOrder(everybodys, "batch_created");
            var owners = plan(BatchReader.heads(OWNED, point), Map.of());
            assertInOrder(owners, "task_alone_owner");
            assertInOrder(owners, "batch_owner");
        }
    }
}
