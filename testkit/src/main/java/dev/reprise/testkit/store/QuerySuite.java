package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.batch;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.SPENT;
import static dev.reprise.testkit.store.Outcomes.failed;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import dev.reprise.store.TaskQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists, lookups and counts over one set of tasks. */
public abstract class QuerySuite extends StoreSuite {

    private static final Owner OTHER = Owner.of("owner-2");

    /** For a suite with a subclass. */
    protected QuerySuite() {}

    /** Of owner 1: root (failed), child-1 and child-2 of it, batch "four" of v-1 and v-2; of owner 2: theirs. */
    @BeforeEach
    void fill() {
        var runner = runner();
        storeAll(
                runner,
                failed(submitAndClaim(runner, task("root").label("film")).ref()));
        submit(task("child-1").kind(GenerationKind.REFINEMENT).parent("root").label("film"));
        submit(task("child-2").kind(GenerationKind.CONTINUATION).parent("root").label("poem"));
        submit(batch(
                "four",
                task("v-1").kind(GenerationKind.VARIATION).label("film"),
                task("v-2").kind(GenerationKind.VARIATION).label("film").priority(1)));
        storeAll(runner, succeeded(runner.claim(1).get(0).ref()));
        submit(alone(OTHER, task("theirs").label("film")));
    }

    @Test
    void listIsNewestFirstAndTellsWhatWasSpent() {
        var slice = store.list(new TaskQuery(Scope.ALL, GenerationQuery.all(), null));

        assertThat(summaryNames(slice.rows())).containsExactly("theirs", "v-2", "v-1", "child-2", "child-1", "root");
        assertThat(slice.next()).isNull();
        assertThat(slice.rows().get(1)).isEqualTo(summary("v-2"));
        assertThat(slice.rows().get(5)).isEqualTo(summary("root"));
        assertThat(slice.rows().get(5).usage()).isEqualTo(SPENT);
        assertThat(slice.rows().get(0).usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void listIsLimitedToItsScope() {
        assertThat(list(Scope.of(OTHER), GenerationQuery.builder())).containsExactly("theirs");
        assertThat(list(Scope.of(Owner.of("nobody")), GenerationQuery.builder()))
                .isEmpty();
        assertThat(list(Scope.of(Draft.OWNER), GenerationQuery.builder())).hasSize(5);
    }

    @Test
    void stateFilters() {
        assertThat(list(GenerationQuery.builder().states(TaskState.SUCCEEDED))).containsExactly("v-2");
        assertThat(list(GenerationQuery.builder().states(TaskState.SUCCEEDED, TaskState.FAILED)))
                .containsExactly("v-2", "root");
        assertThat(list(GenerationQuery.builder().states(TaskState.RUNNING))).isEmpty();
    }

    @Test
    void batchFilters() {
        assertThat(list(GenerationQuery.builder().batch(new BatchId("four")))).containsExactly("v-2", "v-1");
        assertThat(list(GenerationQuery.builder().batch(new BatchId("five")))).isEmpty();
    }

    @Test
    void taskByItselfIsInABatchOfOne() {
        var single = GenerationQuery.builder().batch(new BatchId("root"));

        assertThat(list(single)).containsExactly("root");
        assertThat(list(Scope.of(OTHER), single)).isEmpty();
        assertThat(list(single.states(TaskState.READY))).isEmpty();
        assertThat(list(single.states(TaskState.READY, TaskState.FAILED))).containsExactly("root");
        assertThat(list(GenerationQuery.builder().batch(new BatchId("v-1")))).isEmpty();
    }

    @Test
    void farTimesAreTimes() {
        assertThat(list(GenerationQuery.builder().createdFrom(Instant.MIN).createdBefore(Instant.MAX)))
                .hasSize(6);
        assertThat(list(GenerationQuery.builder().createdFrom(Instant.MAX))).isEmpty();
        assertThat(list(GenerationQuery.builder().createdBefore(Instant.MIN))).isEmpty();
    }

    @Test
    void parentFilters() {
        assertThat(list(GenerationQuery.builder().parent(id("root")))).containsExactly("child-2", "child-1");
        assertThat(list(GenerationQuery.builder().parent(id("v-1")))).isEmpty();
    }

    @Test
    void kindFilters() {
        assertThat(list(GenerationQuery.builder().kind(GenerationKind.VARIATION)))
                .containsExactly("v-2", "v-1");
        assertThat(list(GenerationQuery.builder().kind(GenerationKind.SINGLE))).containsExactly("theirs", "root");
    }

    @Test
    void labelFilters() {
        assertThat(list(GenerationQuery.builder().label("poem"))).containsExactly("child-2");
        assertThat(list(GenerationQuery.builder().label("fil_"))).isEmpty();
    }

    @Test
    void timeFiltersFromItsStartUpToItsEnd() {
        var from = row("child-1").times().createdAt();
        var before = row("v-1").times().createdAt();

        assertThat(list(GenerationQuery.builder().createdFrom(from).createdBefore(before)))
                .containsExactly("child-2", "child-1");
        assertThat(list(GenerationQuery.builder().createdFrom(before))).containsExactly("theirs", "v-2", "v-1");
        assertThat(list(GenerationQuery.builder().createdBefore(from))).containsExactly("root");
        assertThat(list(GenerationQuery.builder().createdFrom(store.now().plus(Duration.ofDays(1)))))
                .isEmpty();
    }

    @Test
    void filtersAreCombined() {
        assertThat(list(GenerationQuery.builder()
                        .label("film")
                        .parent(id("root"))
                        .kind(GenerationKind.REFINEMENT)
                        .states(TaskState.READY)
                        .createdFrom(row("root").times().createdAt())
                        .createdBefore(store.now().plusSeconds(1))))
                .containsExactly("child-1");
        assertThat(list(GenerationQuery.builder()
                        .label("film")
                        .batch(new BatchId("four"))
                        .states(TaskState.READY)))
                .containsExactly("v-1");
        assertThat(list(GenerationQuery.builder().label("poem").batch(new BatchId("four"))))
                .isEmpty();
        assertThat(list(
                        Scope.of(Draft.OWNER),
                        GenerationQuery.builder().label("film").kind(GenerationKind.SINGLE)))
                .containsExactly("root");
    }

    @Test
    void findReadsOneOrSeveral() {
        assertThat(store.find(Scope.ALL, id("nobody"))).isEmpty();
        assertThat(store.find(Scope.ALL, List.of(id("v-1"), id("nobody"), id("theirs"), id("root"))))
                .containsExactlyInAnyOrder(read("v-1"), read("theirs"), read("root"));
        assertThat(store.find(Scope.of(OTHER), List.of(id("v-1"), id("theirs"))))
                .containsExactly(read("theirs"));
        assertThat(store.find(Scope.ALL, List.of())).isEmpty();
    }

    @Test
    void countsAreByStateWithinTheScope() {
        assertThat(store.counts(Scope.ALL))
                .isEqualTo(Map.of(TaskState.READY, 4L, TaskState.SUCCEEDED, 1L, TaskState.FAILED, 1L));
        assertThat(store.counts(Scope.of(OTHER))).isEqualTo(Map.of(TaskState.READY, 1L));
        assertThat(store.counts(Scope.of(Owner.of("nobody")))).isEmpty();
    }

    @Test
    void statesAreReadForThoseThatExist() {
        assertThat(store.states(List.of(id("v-2"), id("root"), id("child-1"), id("nobody"))))
                .isEqualTo(Map.of(
                        id("v-2"), TaskState.SUCCEEDED, id("root"), TaskState.FAILED, id("child-1"), TaskState.READY));
        assertThat(store.states(List.of())).isEmpty();
    }

    private List<String> list(GenerationQuery.Builder filter) {
        return list(Scope.ALL, filter);
    }

    private List<String> list(Scope scope, GenerationQuery.Builder filter) {
        return summaryNames(
                store.list(new TaskQuery(scope, filter.build(), null)).rows());
    }
}
