package dev.reprise.store.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.store.Reason;
import dev.reprise.store.StateReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sets of tasks that stores look for, once more and whole. */
class TaskSetTest {

    private static final Map<TaskSet, List<String>> MEMBERS = new EnumMap<>(Map.ofEntries(
            Map.entry(TaskSet.CLAIMABLE, List.of("READY")),
            Map.entry(TaskSet.SCHEDULED, List.of("SCHEDULED")),
            Map.entry(TaskSet.DEPENDENT, List.of("WAITING")),
            Map.entry(TaskSet.LEASED, List.of("RUNNING", "UPLOADING")),
            Map.entry(TaskSet.RUNNING, List.of("RUNNING")),
            Map.entry(TaskSet.UNDER_WAY, List.of("SCHEDULED", "READY", "RUNNING", "UPLOADING")),
            Map.entry(TaskSet.ADMISSIBLE, List.of("HELD admission")),
            Map.entry(TaskSet.PAUSED, List.of("HELD paused")),
            Map.entry(
                    TaskSet.UNPARKABLE,
                    List.of("PARKED unknown_provider", "PARKED unknown_processor", "PARKED unknown_handler")),
            Map.entry(
                    TaskSet.WAITING,
                    List.of(
                            "WAITING",
                            "HELD admission",
                            "HELD paused",
                            "SCHEDULED",
                            "READY",
                            "AWAITING_DECISION",
                            "PARKED unknown_provider",
                            "PARKED unknown_processor",
                            "PARKED unknown_handler",
                            "PARKED unreadable_payload",
                            "PARKED other")),
            Map.entry(TaskSet.OPEN, Facts.open().toList()),
            Map.entry(TaskSet.FAILED, List.of("FAILED deadline")),
            Map.entry(
                    TaskSet.RARE,
                    List.of(
                            "WAITING",
                            "HELD admission",
                            "HELD paused",
                            "AWAITING_DECISION",
                            "PARKED unknown_provider",
                            "PARKED unknown_processor",
                            "PARKED unknown_handler",
                            "PARKED unreadable_payload",
                            "PARKED other",
                            "FAILED deadline",
                            "CANCELLED",
                            "SKIPPED dependency"))));

    @ParameterizedTest
    @EnumSource(TaskSet.class)
    void setHasItsMembersAndNoOthers(TaskSet set) {
        assertThat(Facts.PLACES.stream().filter(place -> has(set, place)))
                .containsExactlyInAnyOrderElementsOf(MEMBERS.get(set));
    }

    @ParameterizedTest
    @EnumSource(TaskSet.class)
    void reasonsOfASetAreAskedFor(TaskSet set) {
        for (TaskState state : set.states()) {
            assertThat(set.has(state, null))
                    .as("%s without a reason", state)
                    .isEqualTo(set.reasons().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(TaskSet.class)
    void conditionInSqlNamesWhatIsInTheSet(TaskSet set) {
        var sql = set.sql("");

        for (TaskState state : TaskState.values()) {
            assertThat(sql.contains("'" + state + "'"))
                    .as("%s in %s", state, sql)
                    .isEqualTo(set.states().contains(state));
        }
        for (Reason reason : Reason.values()) {
            assertThat(sql.contains("'" + reason.code() + "'"))
                    .as("%s in %s", reason, sql)
                    .isEqualTo(set.reasons().contains(reason));
        }
    }

    @Test
    void conditionInSqlIsTheSameEveryTime() {
        assertThat(TaskSet.CLAIMABLE.sql("")).isEqualTo("state = 'READY'");
        assertThat(TaskSet.LEASED.sql("t.")).isEqualTo("t.state IN ('RUNNING', 'UPLOADING')");
        assertThat(TaskSet.ADMISSIBLE.sql("t.")).isEqualTo("t.state = 'HELD' AND t.reason IN ('admission')");
        assertThat(TaskSet.UNPARKABLE.sql(""))
                .isEqualTo("state = 'PARKED'"
                        + " AND reason IN ('unknown_handler', 'unknown_processor', 'unknown_provider')");
    }

    @Test
    void factsAndSetsAgree() {
        for (String place : Facts.PLACES) {
            var facts = Facts.at(place).get();
            assertThat(facts.isMine()).as(place).isEqualTo(!place.equals("unknown"));
            assertThat(facts.isOpen()).as(place).isEqualTo(has(TaskSet.OPEN, place));
            assertThat(facts.isLeased()).as(place).isEqualTo(has(TaskSet.LEASED, place));
            assertThat(facts.isWaiting()).as(place).isEqualTo(has(TaskSet.WAITING, place));
        }
    }

    @Test
    void whatNeedsAHigherLevelIsNotMine() {
        for (String place : Facts.PLACES) {
            var facts = Facts.at(place).requiredLevel(2).get();
            assertThat(List.of(facts.isMine(), facts.isOpen(), facts.isLeased(), facts.isWaiting()))
                    .as(place)
                    .containsOnly(false);
        }
    }

    @Test
    void everyStateIsOpenOrAnEnd() {
        assertThat(Arrays.stream(TaskState.values()).filter(state -> !state.isTerminal()))
                .containsExactlyInAnyOrderElementsOf(TaskSet.OPEN.states());
    }

    private static boolean has(TaskSet set, String place) {
        var facts = Facts.at(place).get();
        return set.has(facts.state(), facts.reason());
    }

    @Test
    void detailOfAReasonMakesNoDifference() {
        assertThat(TaskSet.UNPARKABLE.has(TaskState.PARKED, new StateReason(Reason.UNKNOWN_PROVIDER, "acme")))
                .isTrue();
        assertThat(TaskSet.UNPARKABLE.has(TaskState.PARKED, Reason.UNKNOWN_PROVIDER.plain()))
                .isTrue();
    }
}
