package dev.reprise.examples.variations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void showsWhatChangedAndDotsForTheRest() {
        assertThat(LineDiff.of("a\nb\n\nc\nd\n", "a\nB\nc\nd\ne\n").shown())
                .containsExactly("  ...", "- b", "+ B", "  ...", "+ e");
    }

    @Test
    void theSameTextHasNoChanges() {
        var diff = LineDiff.of("a\nb", "a\n\nb\n");

        assertThat(diff.with(LineDiff.Change.ADDED)).isEmpty();
        assertThat(diff.with(LineDiff.Change.REMOVED)).isEmpty();
    }

    @Test
    void anEmptyTextLosesOrGainsEverything() {
        assertThat(LineDiff.of("a\nb", "").shown()).containsExactly("- a", "- b");
        assertThat(LineDiff.of("", "a\nb").shown()).containsExactly("+ a", "+ b");
    }
}
