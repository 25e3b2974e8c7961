package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.H2Plans.assertInOrder;
import static dev.reprise.storage.jdbc.H2Plans.assertReadsNoWholeTable;
import static dev.reprise.storage.jdbc.H2Plans.plan;

import dev.reprise.storage.jdbc.H2Plans;
import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes tasks reads an index's part or its order on H2, however many tasks there are. */
class H2TaskPlansTest {

    private static final Map<String, Object> FROM_THE_BEGINNING = Map.of("after", 1L);

    @BeforeAll
    static void assumeReadsBackwards() {
        H2Plans.assumeReadsBackwards();
    }

    static List<Constant> statements() {
        return StatementConstants.statementsOf("tasks").stream()
                .filter(statement -> !statement.text().equals(OneStatementClaims.CLAIM)) // not for H2
                .toList();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertReadsNoWholeTable(
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
    void deadlinesAreReadInOrder() {
        assertInOrder(plan(DeadlineLook.PASSED, FROM_THE_BEGINNING), "task_deadline");
        assertInOrder(plan(DeadlineLook.NEXT, Map.of()), "task_deadline");
    }
}
