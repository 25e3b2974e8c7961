package dev.reprise.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeLinesTest {
    @Test
    void blanksAndCommentsDoNotCount() {
        assertThat(CodeLines.count("""
                package a;

                /**
                 * A thing.
                 */
                class A { // one
                    /* two */
                    int b; /* three
                    four */ int c;
                }
                """)).isEqualTo(5);
    }

    @Test
    void commentMarksInsideLiteralsAreCode() {
        assertThat(CodeLines.count("""
                String a = "/*";
                String b = "\\"//";
                char c = '"';
                int d;
                // e
                """)).isEqualTo(4);
    }

    @Test
    void linesOfATextBlockCount() {
        assertThat(CodeLines.count("String a = \"\"\"\n    // b\n    \"\"\";\nint c;"))
                .isEqualTo(4);
    }
}
