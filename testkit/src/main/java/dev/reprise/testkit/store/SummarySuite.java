package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.many;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.retry;
import static dev.reprise.testkit.store.Outcomes.spending;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.BatchCounts;
import dev.reprise.store.BatchRow;
import dev.reprise.store.NewBatch;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Payload;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import dev.reprise.store.TaskSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lists and feeds show: tasks and batches without payloads, with what has been spent and how much has ended. */
public abstract class SummarySuite extends StoreSuite {

    private static final BatchId BATCH = new BatchId("batch-1");

    /** For a suite with a subclass. */
    protected SummarySuite() {}

    @Test
    void summaryHasTheUsageOfAllAttemptsThatEnded() {
        var runner = runner();
        submit(task("a"));
        var first = claimOnly(runner);
        assertThat(summaries("a")).containsExactly(new TaskSummary(first.row(), Usage.NONE));

        storeAll(runner, spending(retry(first.ref(), Duration.ZERO), new Usage(1, 10, 100, 1_000)));
        storeAll(runner, spending(failed(claimOnly(runner).ref()), new Usage(2, 20, 200, 2_000)));

        assertThat(summaries("a")).containsExactly(new TaskSummary(row("a"), new Usage(3, 30, 300, 3_000)));
    }

    @Test
    void summaryHasTheUsageOfWhatCameTooLate() {
        var runner = runner();
        var cancelled = submitAndClaim(runner, task("cancelled")).ref();
        store.cancel(Scope.ALL, id("cancelled"));
        storeOutcome(runner, succeeded(cancelled));
        var back = submitAndClaim(runner, task("back")).ref();
        runner.handBack(List.of(back));
        storeOutcome(runner, succeeded(back));
        storeAll(runner, succeeded(claimOnly(runner).ref()));

        assertThat(summaries("cancelled").get(0).usage()).isEqualTo(SPENT);
        assertThat(summaries("back").get(0).usage()).isEqualTo(SPENT.plus(SPENT));
    }

    @Test
    void summariesAreReadForThoseThatExist() {
        submit(task("a"), task("b"), task("deleted"));
        submit(Draft.alone(Owner.of("owner-2"), task("theirs")));
        store.delete(Scope.ALL, id("deleted"));
        var ids = List.of(id("a"), id("deleted"), id("nobody"), id("theirs"), id("a"));

        assertThat(store.summaries(Scope.ALL, ids)).containsExactlyInAnyOrder(summary("a"), summary("theirs"));
        assertThat(store.summaries(Scope.of(Draft.OWNER), ids)).containsExactly(summary("a"));
        assertThat(store.summaries(Scope.ALL, List.of())).isEmpty();
    }

    @Test
    void everyListShowsTheSameSummary() {
        var runner = runner();
        submit(task("parent"));
        storeAll(runner, succeeded(claimOnly(runner).ref()));
        submit(batch("batch-1", task("a").parent("parent").request(Payload.of(new byte[100_000]))));
        storeAll(runner, retry(claimOnly(runner).ref(), Duration.ofHours(1)));

        var summary = summary("a");
        assertThat(summary.usage()).isEqualTo(SPENT);
        assertThat(summaries("a")).containsExactly(summary);
        assertThat(store.children(Scope.ALL, id("parent"))).containsExactly(summary);
        assertThat(batchRow("batch-1").first()).containsExactly(summary);
        assertThat(store.feed(Scope.ALL, 1, null).rows().get(0).first()).containsExactly(summary);
        assertThat(store.list(new TaskQuery(Scope.ALL, GenerationQuery.all(), null))
                        .rows())
                .contains(summary);
    }

    @Test
    void largeBatchShowsItsFirstTasksAndItsCounts() {
        var runner = runner();
        var drafts = many("t", 400);
        // The first by position are not the first by age, id or priority.
        for (int i = 0; i < drafts.length; i++) {
            drafts[i].priority(i);
        }
        submit(batch("batch-1", drafts));
        runner.claim(30).forEach(claimed -> storeAll(runner, succeeded(claimed.ref())));
        runner.claim(20).forEach(claimed -> storeAll(runner, failed(claimed.ref())));
        for (int i = 3; i < 6; i++) {
            store.delete(Scope.ALL, id(drafts[i].name()));
        }
        store.delete(Scope.ALL, id(drafts[399].name()));

        var row = batchRow("batch-1");

        assertThat(row.counts()).isEqualTo(new BatchCounts(400, 30, 20, 3, 0, 4));
        assertThat(row.started()).isTrue();
        assertThat(summaryNames(row.first()))
                .hasSize(BatchRow.FIRST)
                .containsExactlyElementsOf(Arrays.stream(drafts)
                        .map(Draft::name)
                        .filter(name -> store.states(List.of(id(name))).size() == 1)
                        .limit(BatchRow.FIRST)
                        .toList());
        assertThat(store.feed(Scope.ALL, 1, null).rows()).containsExactly(row);
        assertThat(store.batch(Scope.ALL, BATCH).orElseThrow().tasks()).hasSize(396);
        assertThat(store.batch(Scope.ALL, BATCH).orElseThrow().size()).isEqualTo(400);
    }

    @Test
    void summaryOfABatchIsSeenInItsScopeOnly() {
        submit(batch(Draft.OWNER, new NewBatch(BATCH, "films", null, false), task("a")));
        submit(task("single"));
        var theirs = Scope.of(Owner.of("owner-2"));

        assertThat(store.summary(Scope.of(Draft.OWNER), BATCH)).hasValue(batchRow("batch-1"));
        assertThat(batchRow("batch-1").label()).isEqualTo("films");
        assertThat(store.summary(theirs, BATCH)).isEmpty();
        assertThat(store.summary(theirs, new BatchId("single"))).isEmpty();
        assertThat(store.summary(Scope.ALL, new BatchId("a")))
                .as("a task of a batch is none by itself")
                .isEmpty();
        assertThat(store.summary(Scope.ALL, new BatchId("nothing"))).isEmpty();
    }

    @Test
    void feedGoesOnAfterABatchThatWasDeletedMeanwhile() {
        for (int i = 0; i < 5; i++) {
            submit(batch("b" + i, task("b" + i + "-0"), task("b" + i + "-1")));
        }
        var first = store.feed(Scope.ALL, 2, null);
        store.delete(Scope.ALL, id("b3-0"));
        store.delete(Scope.ALL, id("b3-1"));
        store.delete(Scope.ALL, id("b2-0"));

        var second = store.feed(Scope.ALL, 2, first.next());

        assertThat(first.rows()).extracting(row -> row.id().value()).containsExactly("b4", "b3");
        assertThat(second.rows()).extracting(row -> row.id().value()).containsExactly("b2", "b1");
        assertThat(second.rows().get(0).counts()).isEqualTo(new BatchCounts(2, 0, 0, 1, 0, 1));
    }

    @Test
    void batchesAndSinglesOfTheSameMomentArePagedById() {
        stored(store.submit(batch("m", task("m-0"))));
        stored(store.submit(Draft.alone(task("z"), task("a"))));
        stored(store.submit(batch("b", task("x"), task("y"))));

        var rows = store.feed(Scope.ALL, 10, null).rows();
        for (int limit = 1; limit <= 4; limit++) {
            var paged = new ArrayList<BatchRow>();
            PagePoint after = null;
            do {
                var slice = store.feed(Scope.ALL, limit, after);
                paged.addAll(slice.rows());
                after = slice.next();
            } while (after != null && paged.size() < 10);
            assertThat(paged).isEqualTo(rows);
        }
        assertThat(rows).extracting(BatchRow::createdAt).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(rows).hasSize(4);
        for (int i = 1; i < rows.size(); i++) {
            var before = rows.get(i - 1);
            var row = rows.get(i);
            if (before.createdAt().equals(row.createdAt())) {
                assertThat(before.id().value()).isGreaterThan(row.id().value());
            }
        }
    }

    private List<TaskSummary> summaries(String name) {
        return store.summaries(Scope.ALL, List.of(id(name)));
    }
}
