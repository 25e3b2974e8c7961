package dev.reprise.storage.jdbc.tasks;

import static dev.reprise.storage.jdbc.PostgresPlans.OWNER;
import static dev.reprise.storage.jdbc.PostgresPlans.assertUses;
import static dev.reprise.storage.jdbc.PostgresPlans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.storage.jdbc.StatementConstants;
import dev.reprise.storage.jdbc.StatementConstants.Constant;
import dev.reprise.storage.jdbc.liveness.RunnerRows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With a million finished and ten thousand ready tasks, nothing that changes tasks reads a table from end to end. */
@Tag("heavy")
class PostgresTaskPlansTest {

    private static final Map<String, ?> FROM_THE_BEGINNING = Map.of("after", Long.MIN_VALUE);

    static List<Constant> statements() {
        return StatementConstants.statementsOf("tasks");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noStatementReadsAWholeTable(Constant statement) {
        assertUses(
                plan(statement.text(), statement.text().equals(DeadlineLook.PASSED) ? FROM_THE_BEGINNING : Map.of()));
    }

    @Test
    void claimReadsTheReadyOnesInOrder() {
        var plan = plan(OneStatementClaims.CLAIM, Map.of());

        assertUses(plan, "task_ready", "task_pkey", "request_pkey");
        assertThat(plan).doesNotContain("Sort");
    }

    @Test
    void beatReadsItsOwn() {
        assertUses(plan(RunnerRows.HELD, Map.of("id", "runner-0")), "task_runner");
    }

    @Test
    void reapReadsTheDeadsOwn() {
        assertUses(plan(Reaper.OF_THE_DEAD, Map.of()), "task_runner");
        assertUses(plan(Reaper.OF_NOBODY, Map.of()), "task_runner");
        assertUses(plan(Reaper.FORGET, Map.of()), "task_runner");
    }

    @Test
    void promotionReadsTheDue() {
        var due = plan(DueLook.DUE, Map.of());
        assertUses(due, "task_due");
        assertThat(due).containsPattern("Index Cond: .*due_at <=");
        assertUses(plan(DueLook.NEXT, Map.of()), "task_due", "task_deadline");
    }

    @Test
    void deadlinesAreLookedForAmongThoseThatHaveOne() {
        var plan = plan(DeadlineLook.PASSED, FROM_THE_BEGINNING);
        assertUses(plan, "task_deadline");
        assertThat(plan).doesNotContain("Sort").containsPattern("Index Cond: .*deadline_at <=");
        assertUses(plan(DeadlineLook.BATCH_EACH, Map.of()), "task_pkey", "dependency_on");
        assertUses(plan(DeadlineLook.DEPENDENT_EACH, Map.of()), "dependency_on");
    }

    @Test
    void takingUpWhatWasPutAsideReadsThat() {
        assertUses(plan(Parking.PARKED, Map.of()), "task_parked");
    }

    @Test
    void whatFollowsIsFoundByKey() {
        assertUses(plan(Cascade.LEVEL, Map.of()), "task_pkey", "dependency_on", "batch_pkey");
        assertUses(plan(Cascade.SKIPPED_WITH_BATCH, Map.of()), "task_");
        assertUses(plan(Dependencies.MET, Map.of()), "dependency_on");
        assertUses(plan(Dependencies.WAITING, Map.of()), "dependency_on");
    }

    @Test
    void batchIsReadFromItsIndex() {
        assertUses(plan(Cancellation.OF_BATCH, Map.of("id", "batch-30")), "task_position");
        assertUses(plan(Batches.UNDER_WAY, Map.of()), "task_position");
        assertUses(plan(Batches.ADMISSIBLE, Map.of()), "task_position");
        assertUses(plan(Batches.COUNTED, Map.of()), "task_position");
    }

    @Test
    void purgeReadsTheOldInOrder() {
        assertUses(plan(Purge.OLD, Map.of("id", "g")), "task_created", "task_parent", "dependency_on");
        assertUses(plan(Purge.PARENTS, Map.of()), "task_pkey", "task_parent");
        assertUses(plan(Purge.NEEDED, Map.of()), "dependency_on");
    }

    @Test
    void keyIsFoundByIndex() {
        assertUses(
                plan(SubmissionFacts.KEYS, Map.of("owner", OWNER.value(), "keys", List.of("key-3", "key-4"))),
                "task_idempotency");
    }
}
