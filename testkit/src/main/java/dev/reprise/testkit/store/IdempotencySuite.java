package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import dev.reprise.store.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Keys under which a task is stored once. */
public abstract class IdempotencySuite extends StoreSuite {

    private static final Owner OTHER = Owner.of("owner-2");

    /** For a suite with a subclass. */
    protected IdempotencySuite() {}

    @Test
    void sameKeyAndHashGiveTheTaskThatIsThere() {
        submit(task("a").once("key", "hash"));

        var again = submit(task("b").once("key", "hash"));

        assertThat(again.existing()).isEqualTo(Map.of(id("b"), id("a")));
        assertThat(again.claimed()).isEmpty();
        assertThat(exists("b")).isFalse();
        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).hasValue(id("a"));
    }

    @Test
    void sameKeyWithAnotherHashStoresNothing() {
        submit(task("a").once("key", "hash"));

        var refused = store.submit(alone(task("first"), task("b").once("key", "other"), task("last")));

        assertThat(refused).isEqualTo(new Submitted.KeyReused("key", id("a")));
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.READY, 1L));
        assertThat(exists("first")).isFalse();
        assertThat(exists("last")).isFalse();
    }

    @Test
    void refusedKeyStoresNothingOfABatch() {
        submit(task("a").once("key", "hash"));

        var refused = runner().submit(batch("batch-1", task("first").once("key", "other"), task("second")), 2);

        assertThat(refused).isEqualTo(new Submitted.KeyReused("key", id("a")));
        assertThat(store.batch(Scope.ALL, new BatchId("batch-1"))).isEmpty();
        assertThat(exists("second")).isFalse();
    }

    @Test
    void keyIsKeptHoweverTheTaskStands() {
        var runner = runner();
        submit(task("a").once("key", "hash"));
        storeAll(runner, failed(claimOnly(runner).ref()));

        assertThat(submit(task("b").once("key", "hash")).existing()).containsEntry(id("b"), id("a"));
        assertThat(store.submit(alone(task("b").once("key", "other")))).isInstanceOf(Submitted.KeyReused.class);
    }

    @Test
    void keyBelongsToItsOwner() {
        submit(task("a").once("key", "hash"));

        var theirs = stored(store.submit(alone(OTHER, task("b").once("key", "other"))));

        assertThat(theirs.existing()).isEmpty();
        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).hasValue(id("a"));
        assertThat(store.byIdempotencyKey(OTHER, "key")).hasValue(id("b"));
        assertThat(store.byIdempotencyKey(Owner.NONE, "key")).isEmpty();
        assertThat(store.byIdempotencyKey(OTHER, "nothing")).isEmpty();
    }

    @Test
    void keysAreToldApartToTheLetter() {
        var keys = List.of("Key", "key", "key ", "kéy", "%", "k_y", "κλειδί 🔑");
        for (int i = 0; i < keys.size(); i++) {
            assertThat(submit(task("t" + i).once(keys.get(i), "hash-" + i)).existing())
                    .isEmpty();
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(store.byIdempotencyKey(Draft.OWNER, keys.get(i))).hasValue(id("t" + i));
        }
    }

    @Test
    void independentTasksOfOneSubmissionAreRecognisedEach() {
        submit(task("a").once("key-a", "hash"));
        var runner = runner();

        var stored = stored(
                runner.submit(alone(task("b").once("key-a", "hash"), task("c").once("key-c", "hash"), task("d")), 5));

        assertThat(stored.existing()).isEqualTo(Map.of(id("b"), id("a")));
        assertThat(claimedNames(stored.claimed())).containsExactly("c", "d");
        assertThat(exists("b")).isFalse();
        assertThat(state("a")).isEqualTo(TaskState.READY);
    }

    @Test
    void oneKeyStandsForItsWholeBatch() {
        var first = submit(batch("batch-1", task("a0").once("key", "hash"), task("a1"), task("a2")));

        var again =
                stored(runner().submit(batch("batch-2", task("b0").once("key", "hash"), task("b1"), task("b2")), 3));

        assertThat(again.existing()).containsEntry(id("b0"), id("a0"));
        assertThat(again.claimed()).isEmpty();
        assertThat(store.batch(Scope.ALL, new BatchId("batch-2"))).isEmpty();
        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.READY, 3L));
        assertThat(row("a0").times().createdAt()).isEqualTo(first.createdAt());
    }

    @Test
    void deletedTaskFreesItsKey() {
        submit(task("a").once("key", "hash"));
        store.delete(Scope.ALL, id("a"));
        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).isEmpty();

        var stored = submit(task("b").once("key", "other"));

        assertThat(stored.existing()).isEmpty();
        assertThat(store.byIdempotencyKey(Draft.OWNER, "key")).hasValue(id("b"));
    }

    @Test
    void cancelledTaskKeepsItsKey() {
        submit(task("a").once("key", "hash"));
        store.cancel(Scope.ALL, id("a"));

        assertThat(submit(task("b").once("key", "hash")).existing()).containsEntry(id("b"), id("a"));
    }

    @Test
    void submissionRepeatedUnderItsKeyHasTheEffectOfOne() {
        submit(task("a").once("key", "hash"));

        stored(store.submit(alone(task("a").once("key", "hash"))));

        assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.READY, 1L));
    }

    @Test
    void ofConcurrentSubmissionsOfOneKeyOneIsStored() {
        var second = subject.openSecond();
        for (int round = 0; round < 5; round++) {
            var key = "key-" + round;
            var calls = new ArrayList<Callable<Submitted>>();
            for (int i = 0; i < 8; i++) {
                var to = i % 2 == 0 ? store : second;
                var submission = i < 6
                        ? alone(task("t-" + round + "-" + i).once(key, "hash"))
                        : batch(
                                "b-" + round + "-" + i,
                                task("t-" + round + "-" + i).once(key, "hash"));
                calls.add(() -> to.submit(submission));
            }

            var results = Together.call(calls);

            GenerationId winner = store.byIdempotencyKey(Draft.OWNER, key).orElseThrow();
            assertThat(results)
                    .allSatisfy(result ->
                            assertThat(stored(result).existing().values()).isSubsetOf(List.of(winner)));
            assertThat(results.stream()
                            .filter(result -> stored(result).existing().isEmpty()))
                    .hasSize(1);
            assertThat(store.counts(Scope.ALL)).isEqualTo(Map.of(TaskState.READY, round + 1L));
        }
    }

    @Test
    void ofConcurrentSubmissionsOfOneKeyWithDifferentInputOneIsStored() {
        var second = subject.openSecond();
        for (int round = 0; round < 5; round++) {
            var key = "key-" + round;
            var calls = new ArrayList<Callable<Submitted>>();
            for (int i = 0; i < 4; i++) {
                var to = i % 2 == 0 ? store : second;
                var submission = alone(task("t-" + round + "-" + i).once(key, "hash-" + i));
                calls.add(() -> to.submit(submission));
            }

            var results = Together.call(calls);

            var winner = store.byIdempotencyKey(Draft.OWNER, key).orElseThrow();
            assertThat(results.stream().filter(Submitted.Stored.class::isInstance))
                    .hasSize(1);
            assertThat(results.stream().filter(Submitted.KeyReused.class::isInstance))
                    .hasSize(3)
                    .containsOnly(new Submitted.KeyReused(key, winner));
        }
    }
}
