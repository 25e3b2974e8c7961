package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inside of the first Markdown code fence; rules of CommonMark 0.31 section 4.5. */
class StripFenceTest {

    private static final OutputProcessor STRIP = OutputProcessors.stripFence();

    @Test
    void fenceIsTakenOff() {
        assertAccepted("```js\nconst a = 1;\n```", "const a = 1;");
        assertAccepted("```\nplain\n```\n", "plain");
        assertAccepted("```language with words\nplain\n```", "plain");
    }

    @Test
    void textAroundTheFenceIsDropped() {
        assertAccepted("Sure! Here it is:\n\n```tsx\nconst a = 1;\n```\n\nI hope that `helps`!", "const a = 1;");
    }

    @Test
    void windowsLinesAreUnderstood() {
        assertAccepted("Here:\r\n```js\r\nline 1\r\nline 2\r\n```\r\nDone.", "line 1\r\nline 2");
    }

    @Test
    void tildesAreAFenceToo() {
        assertAccepted("~~~css\na { b: c }\n~~~", "a { b: c }");
        assertAccepted("~~~\n```\ninside\n```\n~~~", "```\ninside\n```");
        assertAccepted("~~~ aa ``` ~~~\naaa\n~~~", "aaa");
    }

    @Test
    void longerFenceMayHoldShorterOnes() {
        assertAccepted("````md\n```js\na\n```\n````", "```js\na\n```");
        assertAccepted("```\naaa\n````", "aaa");
        assertAccepted("`````\naaa\n``````\n", "aaa");
    }

    @Test
    void closingFenceHasNoWordsBehindIt() {
        assertAccepted("```\na\n``` not yet\nb\n```", "a\n``` not yet\nb");
        assertAccepted("```\na\n```  \t\nafter", "a");
    }

    @Test
    void otherKindOfFenceDoesNotClose() {
        assertAccepted("```\na\n~~~\nb\n```", "a\n~~~\nb");
    }

    @Test
    void fenceMayBeIndentedByThreeSpaces() {
        assertAccepted("   ```\n   a\n  ```", "   a");
        assertAccepted("    ```\nno fence\n    ```", "    ```\nno fence\n    ```");
    }

    @Test
    void firstOfSeveralFencesCounts() {
        assertAccepted("```js\none\n```\nand\n```js\ntwo\n```", "one");
    }

    @Test
    void blankLinesAndIndentationInsideStay() {
        assertAccepted("```\n\n  a\n\n    b\n```", "\n  a\n\n    b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "const a = 1;",
                "  indented\n",
                "\nno fence here\n\n",
                "use `code` and ``more``",
                "```inline``` code",
                "``\nnot enough\n``",
                "a ```\nin the middle\n"
            })
    void textWithoutAFenceStaysAsItIs(String text) {
        assertAccepted(text, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"```js\nconst a = 1;", "```", "text\n~~~\nb\n```\n", "````\na\n```\n", "```\na\n    ```\n"})
    void fenceThatIsNeverClosedIsARejection(String text) {
        assertRejected(text, "the code fence is never closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\n```", "```js\n\n  \n```", "```js\r\n```\r\n"})
    void emptyFenceIsARejection(String text) {
        assertRejected(text, "the code fence is empty");
    }

    @Test
    void longTextIsHandledQuickly() {
        var lines = "`` `~~ ~~~~\u2028 x\n".repeat(20_000);

        assertAccepted("```\n" + lines + "```", lines.stripTrailing());
    }

    private static void assertAccepted(String text, String expected) {
        assertThat(STRIP.process(text, Map.of())).isEqualTo(ProcessedOutput.accepted(expected));
    }

    private static void assertRejected(String text, String reason) {
        assertThat(STRIP.process(text, Map.of())).isEqualTo(ProcessedOutput.rejected(reason));
    }
}
