package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.Generation.Progress;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a generation tells of its attempts and its origin. */
class GenerationTest {

    private static final Attempt CUT_SHORT = Samples.failedAttempt(1, "partial", new Usage(10, 5, 2, 1));
    private static final Attempt WITHOUT_TEXT = Samples.failedAttempt(2, null, Usage.of(20, 0));
    private static final Attempt GOOD =
            Samples.attempt(3, AttemptOutcome.SUCCEEDED, Attempt.Exchange.NONE, Usage.of(30, 7));

    @Test
    void usageIsSummedOverAllAttemptsFailedOnesToo() {
        assertThat(Samples.generation(TaskState.SUCCEEDED, CUT_SHORT, WITHOUT_TEXT, GOOD)
                        .usage())
                .isEqualTo(new Usage(60, 12, 2, 1));
        assertThat(Samples.generation(TaskState.READY).usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void textIsTheResultsRawText() {
        assertThat(Samples.generation(TaskState.SUCCEEDED, Samples.result("all of it"), CUT_SHORT, GOOD)
                        .text())
                .isEqualTo("all of it");
    }

    @Test
    void textWithoutAResultIsTheLatestThatAnAttemptKept() {
        assertThat(Samples.generation(TaskState.FAILED, CUT_SHORT, WITHOUT_TEXT).text())
                .isEqualTo("partial");
        assertThat(Samples.generation(TaskState.FAILED, CUT_SHORT, Samples.failedAttempt(2, "newer", Usage.NONE))
                        .text())
                .isEqualTo("newer");
    }

    @Test
    void generationWithoutAnyTextHasNone() {
        assertThat(Samples.generation(TaskState.FAILED, WITHOUT_TEXT).text()).isNull();
        assertThat(Samples.generation(TaskState.READY).text()).isNull();
    }

    @Test
    void tookIsTheTimeFromStoringToTheEnd() {
        assertThat(Samples.generation(TaskState.SUCCEEDED).took()).isEqualTo(Duration.ofSeconds(90));
        assertThat(Samples.generation(TaskState.RUNNING).took()).isNull();
    }

    @Test
    void variationHasAPlaceAndNoParent() {
        var variation = Samples.generation(TaskState.READY);

        assertThat(variation.batchId()).hasToString("b");
        assertThat(variation.variationIndex()).isZero();
        assertThat(variation.variationCount()).isEqualTo(4);
        assertThat(variation.parentId()).isNull();
        assertThat(variation.instruction()).isNull();
        assertThat(variation.kind()).isEqualTo(GenerationKind.VARIATION);
        assertThat(variation.owner()).isEqualTo("-");
        assertThat(variation.createdAt()).isEqualTo(Samples.NOON);
    }

    @Test
    void refinementNamesItsParentAndItsInstruction() {
        var lineage = new Origin.Lineage(new GenerationId("parent"), "warmer colours", null);
        var origin = new Origin("user-1", GenerationKind.REFINEMENT, null, null, null, lineage, Samples.NOON);
        var child = new Generation(
                new GenerationId("child"),
                origin,
                GenerationRequest.of("p"),
                new Progress(TaskState.READY, null, null, null, List.of()),
                null,
                null);

        assertThat(child.parentId()).isEqualTo(new GenerationId("parent"));
        assertThat(child.instruction()).isEqualTo("warmer colours");
        assertThat(child.batchId()).isNull();
        assertThat(child.variationIndex()).isNull();
        assertThat(child.variationCount()).isNull();
        assertThat(child.owner()).isEqualTo("user-1");
    }

    @Test
    void laterChangesOfGivenListsDoNotShow() {
        var attempts = new ArrayList<>(List.of(GOOD));
        var progress = new Progress(TaskState.SUCCEEDED, null, null, null, attempts);
        var generations = new ArrayList<>(List.of(Samples.generation(TaskState.READY)));
        var chain = new Chain(generations, false, false);
        var page = new Page<>(generations, "next");

        attempts.clear();
        generations.clear();

        assertThat(progress.attempts()).containsExactly(GOOD);
        assertThat(chain.generations()).hasSize(1);
        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).isEqualTo("next");
    }

    @Test
    void chainBeginsAtItsRoot() {
        var root = Samples.generation(TaskState.SUCCEEDED);
        var chain = new Chain(List.of(root, Samples.generation(TaskState.READY)), true, false);

        assertThat(chain.root()).isSameAs(root);
        assertThat(chain.truncated()).isTrue();
        assertThat(chain.cyclic()).isFalse();
    }
}
