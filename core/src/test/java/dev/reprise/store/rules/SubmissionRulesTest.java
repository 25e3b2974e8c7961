package dev.reprise.store.rules;

import static dev.reprise.store.rules.Tasks.BATCH;
import static dev.reprise.store.rules.Tasks.OTHER;
import static dev.reprise.store.rules.Tasks.after;
import static dev.reprise.store.rules.Tasks.alone;
import static dev.reprise.store.rules.Tasks.at;
import static dev.reprise.store.rules.Tasks.batch;
import static dev.reprise.store.rules.Tasks.childOf;
import static dev.reprise.store.rules.Tasks.id;
import static dev.reprise.store.rules.Tasks.named;
import static dev.reprise.store.rules.Tasks.once;
import static dev.reprise.store.rules.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.store.NewBatch;
import dev.reprise.store.NewTask;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.rules.SubmissionRules.Verdict;
import dev.reprise.store.rules.Tasks.Known;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** What a submission must satisfy, and what of it is new. */
class SubmissionRulesTest {

    private static final Known NOTHING = new Known();

    private static Verdict judge(Submission submission, Known known) {
        return SubmissionRules.judge(submission, known.get());
    }

    private static Verdict.Fresh fresh(Submission submission, Known known) {
        assertThat(judge(submission, known)).isInstanceOf(Verdict.Fresh.class);
        return (Verdict.Fresh) judge(submission, known);
    }

    private static List<String> names(Verdict.Fresh verdict) {
        return verdict.fresh().stream().map(task -> task.id().value()).toList();
    }

    private static void assertRefused(Submission submission, Known known, String message) {
        assertThatThrownBy(() -> judge(submission, known))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    private static NewTask keyed(String id) {
        return once(task(id), "key", "hash");
    }

    // Known ids and keys.

    @Test
    void unknownTasksAreFreshInTheirOrder() {
        assertThat(names(fresh(alone(task("b"), task("a")), NOTHING))).containsExactly("b", "a");
        assertThat(names(fresh(batch(task("b"), task("a")), NOTHING))).containsExactly("b", "a");
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(TaskState.class)
    void submissionStoredBeforeIsKnownHoweverItsTasksStand(TaskState state) {
        var known = new Known().task("a", state).task("b", state);

        assertThat(judge(alone(task("a"), task("b")), known))
                .isEqualTo(new Verdict.Known(Known.SINCE, Map.of(), List.of(id("a"), id("b"))));
    }

    @Test
    void knownIdsAreAnsweredBeforeAnythingElseIsLookedAt() {
        var known = new Known().deleted("a", TaskState.CANCELLED).batch(BATCH);
        var lost = childOf(after(task("a"), "purged since"), "purged too");

        assertThat(judge(batch(lost), known)).isEqualTo(new Verdict.Known(Known.SINCE, Map.of(), List.of(id("a"))));
        assertThat(judge(alone(lost), known)).isEqualTo(new Verdict.Known(Known.SINCE, Map.of(), List.of(id("a"))));
    }

    @Test
    void onlyWhatIsNewOfIndependentTasksIsFresh() {
        var verdict = fresh(alone(task("a"), task("b")), new Known().task("a", TaskState.READY));

        assertThat(names(verdict)).containsExactly("b");
        assertThat(verdict.existing()).isEmpty();
    }

    @Test
    void firstThatIsKnownTellsSinceWhen() {
        var known = new Known()
                .row("a", new StoredFacts.Task(Tasks.OWNER, TaskState.READY, false, Facts.NOW.minusSeconds(5)))
                .task("b", TaskState.READY);

        assertThat(judge(alone(task("a"), task("b")), known))
                .isEqualTo(new Verdict.Known(Facts.NOW.minusSeconds(5), Map.of(), List.of(id("a"), id("b"))));
    }

    @Test
    void oneKnownTaskStandsForItsWholeBatch() {
        assertThat(judge(batch(task("a"), task("b")), new Known().task("b", TaskState.READY)))
                .isEqualTo(new Verdict.Known(Known.SINCE, Map.of(), List.of(id("b"))));
        assertThat(judge(batch(keyed("a"), task("b")), new Known().key("key", "stored")))
                .isEqualTo(new Verdict.Known(Known.SINCE, Map.of(id("a"), id("stored")), List.of()));
    }

    @Test
    void idOfAnotherOwnersTaskIsRefused() {
        assertRefused(
                alone(task("a"), task("b")),
                new Known().task("b", OTHER, TaskState.READY, false),
                "id must not be the id of another owner's task: b");
    }

    @Test
    void keyWithTheSameHashIsAnsweredWithTheTaskThatHasIt() {
        var known = new Known().key("key", "stored");

        assertThat(judge(alone(keyed("a")), known))
                .isEqualTo(new Verdict.Known(Known.SINCE, Map.of(id("a"), id("stored")), List.of()));
        var verdict = fresh(alone(keyed("a"), task("b")), known);
        assertThat(names(verdict)).containsExactly("b");
        assertThat(verdict.existing()).isEqualTo(Map.of(id("a"), id("stored")));
        assertThat(verdict.standIn(id("a"))).isEqualTo(id("stored"));
        assertThat(verdict.standIn(id("b"))).isEqualTo(id("b"));
    }

    @Test
    void keyWithAnotherHashRefusesAll() {
        var reused = once(task("a"), "key", "other");

        for (Submission submission : List.of(alone(task("b"), reused), batch(task("b"), reused))) {
            assertThat(judge(submission, new Known().key("key", "stored")))
                    .isEqualTo(new Verdict.Refused(new Submitted.KeyReused("key", id("stored"))));
        }
    }

    @Test
    void keyTwiceInASubmissionIsOneTask() {
        var verdict = fresh(alone(task("none"), keyed("a"), once(task("x"), "other key", "hash"), keyed("b")), NOTHING);

        assertThat(names(verdict)).containsExactly("none", "a", "x");
        assertThat(verdict.existing()).isEqualTo(Map.of(id("b"), id("a")));
        assertThat(judge(alone(keyed("a"), once(task("b"), "key", "other")), NOTHING))
                .isEqualTo(new Verdict.Refused(new Submitted.KeyReused("key", id("a"))));
    }

    @Test
    void idIsLookedAtBeforeTheKey() {
        var known = new Known().key("key", "a");

        assertThat(judge(alone(once(task("a"), "key", "changed since")), known))
                .isEqualTo(new Verdict.Known(Known.SINCE, Map.of(), List.of(id("a"))));
    }

    // Contradictions.

    @Test
    void idTwiceIsRefused() {
        assertRefused(alone(task("a"), task("b"), task("a")), NOTHING, "id must not be twice in a submission: a");
    }

    @Test
    void keyTwiceInABatchIsRefused() {
        assertRefused(batch(keyed("a"), keyed("b")), NOTHING, "idempotencyKey must not be twice in a batch: key");
    }

    @Test
    void taskOfAnotherBatchIsRefused() {
        var other = new BatchId("other");
        assertRefused(alone(at(task("a"), BATCH, 0)), NOTHING, "batch of task a must be the submission's, null: batch");
        assertRefused(
                new Submission(
                        Tasks.OWNER,
                        new NewBatch(other, null, null, false),
                        List.of(at(task("a"), other, 0), at(task("b"), BATCH, 1))),
                NOTHING,
                "batch of task b must be the submission's, other: batch");
        assertRefused(
                new Submission(Tasks.OWNER, new NewBatch(BATCH, null, null, false), List.of(task("a"))),
                NOTHING,
                "batch of task a must be the submission's, batch: null");
    }

    @Test
    void nothingIsAddedToAStoredBatch() {
        assertRefused(
                batch(task("a")),
                new Known().batch(BATCH),
                "batch must be new: it is stored already, with other tasks: batch");
    }

    @Test
    void positionsAndNamesOfABatchAreUnique() {
        var batch = new NewBatch(BATCH, null, null, false);
        for (int wrong : new int[] {-1, 2}) {
            assertRefused(
                    new Submission(Tasks.OWNER, batch, List.of(at(task("a"), BATCH, 0), at(task("b"), BATCH, wrong))),
                    NOTHING,
                    "position must be 0 to 1 in this batch: " + wrong);
        }
        assertRefused(
                new Submission(Tasks.OWNER, batch, List.of(at(task("a"), BATCH, 1), at(task("b"), BATCH, 1))),
                NOTHING,
                "position must be unique in a batch: 1");
        assertRefused(
                new Submission(Tasks.OWNER, batch, List.of(at(task("a"), BATCH, null))),
                NOTHING,
                "position of task a must be given in a batch: null");
        assertRefused(
                batch(named(task("a"), "step"), named(task("b"), "step")),
                NOTHING,
                "key must be unique in a batch: step");
        assertThat(names(fresh(batch(named(task("a"), "one"), named(task("b"), "two"), task("c"), task("d")), NOTHING)))
                .hasSize(4);
    }

    // What tasks refer to.

    @Test
    void dependencyMustBeAStoredTaskOfTheSameOwnerOrOfTheSubmission() {
        assertRefused(
                alone(after(task("a"), "nobody")),
                NOTHING,
                "dependsOn of task a must be a stored task of the same owner: nobody");
        assertRefused(
                alone(task("b"), after(task("a"), "b", "theirs")),
                new Known().task("theirs", OTHER, TaskState.READY, false),
                "dependsOn of task a must be a stored task of the same owner: theirs");
        assertThat(names(fresh(alone(after(task("a"), "b"), task("b")), NOTHING)))
                .containsExactly("a", "b");
        for (TaskState state : TaskState.values()) {
            assertThat(names(fresh(alone(after(task("a"), "ours")), new Known().task("ours", state))))
                    .containsExactly("a");
        }
        assertThat(names(fresh(alone(after(task("a"), "gone")), new Known().deleted("gone", TaskState.CANCELLED))))
                .as("deleted since, perhaps at this moment: skipped rather than refused")
                .containsExactly("a");
    }

    @Test
    void dependencyIsWhatStandsInItsPlace() {
        var known = new Known().key("key", "stored");

        assertThat(names(fresh(alone(keyed("a"), after(task("b"), "a")), known)))
                .containsExactly("b");
        assertThat(names(fresh(alone(keyed("a"), keyed("a2"), after(task("b"), "a2")), NOTHING)))
                .containsExactly("a", "b");
    }

    @Test
    void tasksThatWaitForEachOtherAreRefused() {
        assertRefused(alone(after(task("a"), "a")), NOTHING, "dependsOn of task a must not lead back to it: a");
        assertRefused(
                batch(
                        task("x"),
                        after(task("a"), "x", "c"),
                        after(task("b"), "a"),
                        after(task("c"), "b"),
                        after(task("d"), "c")),
                NOTHING,
                "dependsOn of task a must not lead back to it: c");
        assertRefused(
                alone(after(task("d"), "a"), after(task("a"), "b"), after(task("b"), "a")),
                NOTHING,
                "dependsOn of task a must not lead back to it: b");
        assertRefused(
                alone(after(keyed("a"), "a2"), keyed("a2")),
                NOTHING,
                "dependsOn of task a must not lead back to it: a");
        assertThat(names(fresh(
                        alone(after(task("d"), "b", "c"), after(task("c"), "a"), after(task("b"), "a"), task("a")),
                        NOTHING)))
                .hasSize(4);
    }

    @Test
    void childOfAParentThatIsNotThereRefusesAll() {
        var known = new Known()
                .task("theirs", OTHER, TaskState.READY, false)
                .deleted("deleted", TaskState.SUCCEEDED)
                .task("ours", TaskState.CANCELLED);

        for (String gone : List.of("nobody", "theirs", "deleted")) {
            assertThat(judge(alone(task("a"), childOf(task("b"), gone)), known))
                    .isEqualTo(new Verdict.Refused(new Submitted.ParentGone(id(gone))));
        }
        assertThat(names(fresh(alone(childOf(task("a"), "ours")), known))).containsExactly("a");
        assertThat(names(fresh(alone(childOf(task("a"), "b"), task("b")), known)))
                .containsExactly("a", "b");
    }

    @Test
    void parentMayBeOneThatStandsInThePlaceOfAnOfferedTask() {
        assertThat(names(fresh(alone(keyed("a"), childOf(task("b"), "a")), new Known().key("key", "stored"))))
                .containsExactly("b");
    }
}
