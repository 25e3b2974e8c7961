package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not set does not restrict. */
class GenerationQueryTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final GenerationQuery FULL = GenerationQuery.builder()
            .states(TaskState.FAILED, TaskState.SUCCEEDED, TaskState.FAILED)
            .batch(new BatchId("b"))
            .parent(new GenerationId("g"))
            .kind(GenerationKind.REFINEMENT)
            .label("animation")
            .createdFrom(NOON)
            .createdBefore(NOON.plusSeconds(1))
            .limit(7)
            .cursor("next")
            .build();

    @Test
    void queryOfAllRestrictsNothing() {
        var all = GenerationQuery.all();

        assertThat(all.states()).isEmpty();
        assertThat(all.batch()).isNull();
        assertThat(all.parent()).isNull();
        assertThat(all.kind()).isNull();
        assertThat(all.label()).isNull();
        assertThat(all.createdFrom()).isNull();
        assertThat(all.createdBefore()).isNull();
        assertThat(all.limit()).isEqualTo(50);
        assertThat(all.cursor()).isNull();
    }

    @Test
    void everyRestrictionIsKept() {
        assertFull(FULL);
    }

    @Test
    void toBuilderStartsFromEveryValue() {
        assertFull(FULL.toBuilder().build());
        assertThat(FULL.toBuilder().states().build().states()).isEmpty();
    }

    @Test
    void builderGoesOnWithoutChangingWhatItHasBuilt() {
        var builder = GenerationQuery.builder().label("one");
        var first = builder.build();

        var second = builder.label("two").limit(5).build();

        assertThat(first.label()).isEqualTo("one");
        assertThat(first.limit()).isEqualTo(GenerationQuery.DEFAULT_LIMIT);
        assertThat(second.label()).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void pageHolds1To500(int limit) {
        assertThat(GenerationQuery.builder().limit(limit).build().limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, Integer.MAX_VALUE})
    void limitOutOfRangeIsRefused(int limit) {
        assertThatThrownBy(() -> GenerationQuery.builder().limit(limit).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("limit must be 1 to 500: " + limit);
    }

    private static void assertFull(GenerationQuery query) {
        assertThat(query.states()).containsExactlyInAnyOrder(TaskState.FAILED, TaskState.SUCCEEDED);
        assertThat(query.batch()).isEqualTo(new BatchId("b"));
        assertThat(query.parent()).isEqualTo(new GenerationId("g"));
        assertThat(query.kind()).isEqualTo(GenerationKind.REFINEMENT);
        assertThat(query.label()).isEqualTo("animation");
        assertThat(query.createdFrom()).isEqualTo(NOON);
        assertThat(query.createdBefore()).isEqualTo(NOON.plusSeconds(1));
        assertThat(query.limit()).isEqualTo(7);
        assertThat(query.cursor()).isEqualTo("next");
    }

    @Test
    void labelThatNoStoreKeepsIsRefused() {
        assertThatThrownBy(() -> GenerationQuery.builder().label("a\0").build())
                .hasMessage("label must be text without U+0000: U+0000 at 1");
    }
}
