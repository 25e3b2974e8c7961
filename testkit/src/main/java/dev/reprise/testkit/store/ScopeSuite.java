package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.NewBatch;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another owner's rows behave as if they did not exist; names are compared to the letter. */
public abstract class ScopeSuite extends StoreSuite {

    private static final Scope OURS = Scope.of(Draft.OWNER);
    private static final Scope THEIRS = Scope.of(Owner.of("owner-2"));

    /** For a suite with a subclass. */
    protected ScopeSuite() {}

    @Test
    void readsDoNotSeeAnotherOwnersRows() {
        submit(batch("batch-1", task("a"), task("b")));
        submit(task("child").parent("a"));

        assertThat(store.find(THEIRS, id("a"))).isEmpty();
        assertThat(store.find(THEIRS, List.of(id("a"), id("b")))).isEmpty();
        assertThat(store.batch(THEIRS, new BatchId("batch-1"))).isEmpty();
        assertThat(store.batch(THEIRS, new BatchId("child"))).isEmpty();
        assertThat(store.children(THEIRS, id("a"))).isEmpty();
        assertThat(store.chain(THEIRS, id("child"), 10, true)).isEmpty();
        assertThat(store.list(new TaskQuery(THEIRS, GenerationQuery.all(), null))
                        .rows())
                .isEmpty();
        assertThat(store.feed(THEIRS, 10, null).rows()).isEmpty();
        assertThat(store.counts(THEIRS)).isEmpty();

        assertThat(store.find(OURS, id("a"))).isPresent();
        assertThat(store.batch(OURS, new BatchId("batch-1"))).isPresent();
        assertThat(store.children(OURS, id("a"))).hasSize(1);
        assertThat(store.chain(OURS, id("child"), 10, true)).isPresent();
    }

    @Test
    void anotherOwnersTasksAreNeitherCancelledNorDeleted() {
        submit(batch("batch-1", task("a"), task("b")));

        assertThat(store.cancel(THEIRS, id("a"))).isEmpty();
        assertThat(store.cancel(THEIRS, new BatchId("batch-1"))).isEmpty();
        assertThat(store.delete(THEIRS, id("a"))).isEmpty();

        assertThat(states("a", "b")).containsOnly(TaskState.READY);
    }

    @Test
    void reservedOwnerIsAnOwnerLikeAnyOther() {
        submit(alone(Owner.NONE, task("nobodys")));
        submit(task("ours"));

        assertThat(store.find(Scope.of(Owner.NONE), id("nobodys"))).isPresent();
        assertThat(store.find(Scope.of(Owner.NONE), id("ours"))).isEmpty();
        assertThat(store.find(OURS, id("nobodys"))).isEmpty();
        assertThat(store.counts(Scope.ALL)).containsEntry(TaskState.READY, 2L);
    }

    @Test
    void ownersAreToldApartToTheLetter() {
        var names = List.of("Anna", "anna", "anna ", "ánna", "%", "_", "O'Hara\"\\", "안나 🎬");
        for (int i = 0; i < names.size(); i++) {
            submit(alone(Owner.of(names.get(i)), task("t" + i).once("key", "hash-" + i)));
        }

        for (int i = 0; i < names.size(); i++) {
            var owner = Owner.of(names.get(i));
            assertThat(summaryNames(store.list(new TaskQuery(Scope.of(owner), GenerationQuery.all(), null))
                            .rows()))
                    .as("tasks of '%s'", owner)
                    .containsExactly("t" + i);
            assertThat(store.byIdempotencyKey(owner, "key")).hasValue(id("t" + i));
            assertThat(row("t" + i).owner()).isEqualTo(owner);
        }
    }

    @Test
    void labelsAreToldApartToTheLetter() {
        var names = List.of("Film", "film", "film ", "fílm", "%", "f_lm", "'; --", "映画 🎬");
        for (int i = 0; i < names.size(); i++) {
            submit(task("t" + i).label(names.get(i)));
        }

        for (int i = 0; i < names.size(); i++) {
            var filter = GenerationQuery.builder().label(names.get(i)).build();
            assertThat(summaryNames(
                            store.list(new TaskQuery(Scope.ALL, filter, null)).rows()))
                    .as("tasks labelled '%s'", names.get(i))
                    .containsExactly("t" + i);
            assertThat(row("t" + i).labels().label()).isEqualTo(names.get(i));
        }
    }

    @Test
    void longestNamesAreKept() {
        var id = "i".repeat(64);
        var owner = Owner.of("ö".repeat(100));
        var batch = new NewBatch(new BatchId("b".repeat(64)), "ł".repeat(100), null, false);
        submit(batch(
                owner,
                batch,
                task(id).label("映".repeat(100))
                        .provider("p".repeat(100))
                        .processor("q".repeat(100))
                        .key("k".repeat(100))
                        .once("ü".repeat(200), "h".repeat(64))));

        assertThat(row(id).owner()).isEqualTo(owner);
        assertThat(row(id).labels().label()).isEqualTo("映".repeat(100));
        assertThat(row(id).labels().provider()).isEqualTo("p".repeat(100));
        assertThat(row(id).labels().processor()).isEqualTo("q".repeat(100));
        assertThat(row(id).placement().key()).isEqualTo("k".repeat(100));
        assertThat(store.byIdempotencyKey(owner, "ü".repeat(200))).hasValue(id(id));
        assertThat(store.batch(Scope.of(owner), batch.id()))
                .hasValueSatisfying(stored -> assertThat(stored.label()).isEqualTo("ł".repeat(100)));
    }
}
