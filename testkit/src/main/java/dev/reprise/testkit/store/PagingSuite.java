package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.NewBatch;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages that never skip or repeat a row, and never split a batch. */
public abstract class PagingSuite extends StoreSuite {

    private static final int MANY = 1_000;

    /** For a suite with a subclass. */
    protected PagingSuite() {}

    @Test
    void pagesOfAListAreTheWholeList() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            submit(task("t" + i));
            expected.add("t" + i);
        }
        Collections.reverse(expected);

        for (int limit : new int[] {1, 3, 5, 9, 10, 11, 500}) {
            assertThat(listAll(limit)).as("pages of %d", limit).isEqualTo(expected);
        }
    }

    @Test
    void tasksOfTheSameMomentAreOrderedById() {
        submit(task("t05"), task("t09"), task("t01"), task("t07"), task("t03"));

        for (int limit = 1; limit <= 6; limit++) {
            assertThat(listAll(limit)).as("pages of %d", limit).containsExactly("t09", "t07", "t05", "t03", "t01");
        }
    }

    @Test
    void lastPageSaysThatItIsTheLast() {
        submit(many("t", 6));

        var first = list(3, null);
        assertThat(first.rows()).hasSize(3);
        assertThat(first.next()).isNotNull();
        var second = list(3, first.next());
        assertThat(second.rows()).hasSize(3);
        assertThat(second.next()).as("nothing comes after it").isNull();
    }

    @Test
    void emptyListIsAPage() {
        assertThat(list(3, null).rows()).isEmpty();
        assertThat(list(3, null).next()).isNull();
        assertThat(store.feed(Scope.ALL, 3, null).rows()).isEmpty();
        assertThat(store.feed(Scope.ALL, 3, null).next()).isNull();
    }

    @Test
    void tasksThatComeMeanwhileNeverShiftALaterPage() {
        for (int i = 0; i < 6; i++) {
            submit(task("old-" + i));
        }
        var first = list(3, null);
        submit(task("new-1"));
        submit(task("new-2"));

        var second = list(3, first.next());

        assertThat(summaryNames(first.rows())).containsExactly("old-5", "old-4", "old-3");
        assertThat(summaryNames(second.rows())).containsExactly("old-2", "old-1", "old-0");
        assertThat(second.next()).isNull();
    }

    @Test
    void pageGoesOnWhereARowWasDeletedMeanwhile() {
        for (int i = 0; i < 5; i++) {
            submit(task("t" + i));
        }
        var first = list(2, null);
        store.delete(Scope.ALL, id("t3"));
        store.delete(Scope.ALL, id("t2"));

        assertThat(summaryNames(list(2, first.next()).rows())).containsExactly("t1", "t0");
    }

    @Test
    void filtersHoldOnEveryPage() {
        for (int i = 0; i < 12; i++) {
            submit(task("t" + (char) ('a' + i)).label(i % 3 == 0 ? "third" : null));
        }
        var filter = GenerationQuery.builder().label("third").limit(2).build();

        var first = store.list(new TaskQuery(Scope.ALL, filter, null));
        var second = store.list(new TaskQuery(Scope.ALL, filter, first.next()));

        assertThat(summaryNames(first.rows())).containsExactly("tj", "tg");
        assertThat(summaryNames(second.rows())).containsExactly("td", "ta");
        assertThat(second.next()).isNull();
    }

    @Test
    void feedShowsBatchesAndSinglesNewestFirst() {
        submit(task("single-1").label("film"));
        submit(batch(Draft.OWNER, new NewBatch(new BatchId("batch-1"), "films", null, false), many("v", 4)));
        submit(task("single-2"));

        var feed = store.feed(Scope.ALL, 10, null);

        assertThat(feed.next()).isNull();
        assertThat(feed.rows())
                .extracting(BatchRow::id)
                .containsExactly(new BatchId("single-2"), new BatchId("batch-1"), new BatchId("single-1"));
        assertThat(feed.rows().get(1))
                .isEqualTo(store.summary(Scope.ALL, new BatchId("batch-1")).orElseThrow())
                .isEqualTo(new BatchRow(
                        new BatchId("batch-1"),
                        Draft.OWNER,
                        "films",
                        row("v0000").times().createdAt(),
                        1,
                        new BatchCounts(4, 0, 0, 0, 0, 0),
                        false,
                        null,
                        List.of(summary("v0000"), summary("v0001"), summary("v0002"), summary("v0003"))));
        assertThat(feed.rows().get(2))
                .isEqualTo(store.summary(Scope.ALL, new BatchId("single-1")).orElseThrow())
                .isEqualTo(new BatchRow(
                        new BatchId("single-1"),
                        Draft.OWNER,
                        "film",
                        row("single-1").times().createdAt(),
                        1,
                        new BatchCounts(1, 0, 0, 0, 0, 0),
                        false,
                        null,
                        List.of(summary("single-1"))));
    }

    @Test
    void pageOfAFeedNeverSplitsABatch() {
        submit(task("s1"));
        submit(batch("b1", many("b1-", 4)));
        submit(batch("b2", many("b2-", 3)));
        submit(task("s2"));
        submit(batch("b3", many("b3-", 50)));

        for (int limit = 1; limit <= 6; limit++) {
            var rows = feedAll(limit);
            assertThat(rows).extracting(row -> row.id().value()).containsExactly("b3", "s2", "b2", "b1", "s1");
            assertThat(rows).extracting(row -> row.counts().size()).containsExactly(50, 1, 3, 4, 1);
            assertThat(rows).extracting(row -> row.first().size()).containsExactly(BatchRow.FIRST, 1, 3, 4, 1);
        }
    }

    @Test
    void whatIsOfTheSameMomentIsOrderedByIdInAFeed() {
        submit(task("t2"), task("t1"), task("t3"));

        for (int limit = 1; limit <= 3; limit++) {
            assertThat(feedAll(limit)).extracting(row -> row.id().value()).containsExactly("t3", "t2", "t1");
        }
    }

    @Test
    void batchesThatComeMeanwhileNeverShiftALaterPageOfAFeed() {
        submit(batch("b1", many("b1-", 2)));
        submit(batch("b2", many("b2-", 2)));
        submit(batch("b3", many("b3-", 2)));
        var first = store.feed(Scope.ALL, 2, null);
        submit(batch("b4", many("b4-", 2)));

        var second = store.feed(Scope.ALL, 2, first.next());

        assertThat(first.rows()).extracting(row -> row.id().value()).containsExactly("b3", "b2");
        assertThat(second.rows()).extracting(row -> row.id().value()).containsExactly("b1");
        assertThat(second.next()).isNull();
    }

    @Test
    void feedShowsWhatIsLeftOfABatchAsLongAsAnythingIs() {
        submit(batch("b1", task("b1-0"), task("b1-1")));
        submit(batch("b2", task("b2-0"), task("b2-1")));
        submit(task("single"));
        store.delete(Scope.ALL, id("b1-0"));
        store.delete(Scope.ALL, id("b2-1"));
        store.delete(Scope.ALL, id("single"));

        for (int limit = 1; limit <= 3; limit++) {
            assertThat(feedAll(limit)).extracting(row -> row.id().value()).containsExactly("b2", "b1");
        }
        assertThat(summaryNames(feedAll(5).get(0).first())).containsExactly("b2-0");
        assertThat(summaryNames(feedAll(5).get(1).first())).containsExactly("b1-1");
        assertThat(feedAll(5).get(1).counts()).isEqualTo(new BatchCounts(2, 0, 0, 1, 0, 1));
        assertThat(store.batch(Scope.ALL, new BatchId("b1"))).hasValueSatisfying(batch -> {
            assertThat(taskNames(batch.tasks())).containsExactly("b1-1");
            assertThat(batch.size()).as("how many it was made of").isEqualTo(2);
        });

        store.delete(Scope.ALL, id("b1-1"));
        assertThat(feedAll(1)).extracting(row -> row.id().value()).containsExactly("b2");
        assertThat(store.summary(Scope.ALL, new BatchId("b1"))).isEmpty();
        assertThat(store.batch(Scope.ALL, new BatchId("b1"))).isEmpty();
    }

    @Test
    void feedIsLimitedToItsScope() {
        var other = Owner.of("owner-2");
        submit(batch("ours", many("o", 2)));
        submit(batch(other, new NewBatch(new BatchId("theirs"), null, null, false), many("t", 2)));
        submit(alone(other, task("single")));

        assertThat(store.feed(Scope.of(other), 10, null).rows())
                .extracting(row -> row.id().value())
                .containsExactly("single", "theirs");
    }

    @Test
    void pagePointSurvivesItsWayThroughTheApp() {
        submit(many("t", 5));
        var next = list(2, null).next();

        var again = PagePoint.ofCursor(next == null ? null : next.toCursor());

        assertThat(again).isEqualTo(next);
        assertThat(summaryNames(list(2, again).rows())).containsExactly("t0002", "t0001");
    }

    @Test
    void longListIsPagedWhole() {
        for (int i = 0; i < 5; i++) {
            submit(many("p" + i + "-", 60));
        }

        var all = listAll(47);

        assertThat(all).hasSize(300).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());
    }

    private Slice<TaskSummary> list(int limit, @Nullable PagePoint after) {
        return store.list(
                new TaskQuery(Scope.ALL, GenerationQuery.builder().limit(limit).build(), after));
    }

    private List<String> listAll(int limit) {
        var names = new ArrayList<String>();
        PagePoint after = null;
        do {
            var slice = list(limit, after);
            assertThat(slice.rows()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
            names.addAll(summaryNames(slice.rows()));
            assertThat(names).as("pages come to an end").hasSizeLessThan(MANY);
            after = slice.next();
        } while (after != null);
        return names;
    }

    private List<BatchRow> feedAll(int limit) {
        var batches = new ArrayList<BatchRow>();
        PagePoint after = null;
        do {
            var slice = store.feed(Scope.ALL, limit, after);
            assertThat(slice.rows()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
            batches.addAll(slice.rows());
            assertThat(batches).as("pages come to an end").hasSizeLessThan(MANY);
            after = slice.next();
        } while (after != null);
        return batches;
    }
}
