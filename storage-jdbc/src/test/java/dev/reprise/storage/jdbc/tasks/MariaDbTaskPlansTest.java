package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.MariaDbPlans.assertInOrder;
import static dev.reprise.storage.jdbc.MariaDbPlans.assertUses;
import static dev.reprise.storage.jdbc.MariaDbPlans.plan;

import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.storage.jdbc.liveness.RunnerRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes tasks reads an index's part or its order on MariaDB, however many tasks have ended. */
@Tag("heavy")
class MariaDbTaskPlansTest {

    private static final Map<String, Object> FROM_THE_BEGINNING = Map.of("now", 17_100L, "after", 1L);

    static List<Constant> statements() {
        return StatementConstants.statementsOf("tasks").stream()
                .filter(statement -> !statement.text().equals(OneStatementClaims.CLAIM)) // not for MariaDB
                .toList();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertUses(
                plan(statement.text(), statement.text().equals(DeadlineLook.PASSED) ? FROM_THE_BEGINNING : Map.of()));
    }

    @Test
    void claimReadsTheReadyOnesInOrder() {
        assertInOrder(plan(TwoStepClaims.PICK, Map.of()), "task_ready");
    }

    @Test
    void promotionReadsTheDueInOrder() {
        assertInOrder(plan(DueLook.DUE, Map.of()), "task_due");
    }

    @Test
    void deadlinesAreReadInOrderAmongWhatHasNotEnded() {
        assertInOrder(plan(DeadlineLook.PASSED, FROM_THE_BEGINNING), "task_deadline");
        assertInOrder(plan(DeadlineLook.NEXT, Map.of()), "task_deadline");
        assertUses(plan(DueLook.NEXT, Map.of()), "task_deadline");
    }

    @Test
    void beatAndReapReadWhatRunnersHave() {
        assertUses(plan(RunnerRows.HELD, Map.of("id", "runner-1")), "task_runner");
        // By the runner or by the state, whichever has less.
        assertUses(plan(Reaper.OF_THE_DEAD, Map.of()));
    }

    @Test
    void batchIsReadFromItsIndex() {
        for (String statement : List.of(Batches.UNDER_WAY, Batches.ADMISSIBLE, Batches.COUNTED)) {
            assertUses(plan(statement, Map.of("batch", "batch-4710")), "task_position");
        }
    }
}
