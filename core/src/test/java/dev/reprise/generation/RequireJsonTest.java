package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON value, with nothing but white space around it. */
class RequireJsonTest {

    private static final OutputProcessor REQUIRE = OutputProcessors.requireJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, 2.50, -3e2, 1E+2, true, false, null, \"\\n\\u00e9 TRUE\"]}",
                "[]",
                "\"x\"",
                "1",
                "null",
                "{\"NULL\": \"True\", \"tab\\there\": \"\\\"quoted\\\\\"}"
            })
    void jsonIsAcceptedUnchanged(String text) {
        assertThat(REQUIRE.process(text, Map.of())).isEqualTo(ProcessedOutput.accepted(text));
    }

    @Test
    void whiteSpaceAroundItIsTakenOff() {
        assertThat(REQUIRE.process("\n  {\"a\": 1}\r\n\t", Map.of())).isEqualTo(ProcessedOutput.accepted("{\"a\": 1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sure! {\"a\": 1}",
                "{\"a\": 1} I hope that helps",
                "```json\n{\"a\": 1}\n```",
                "{\"a\": 1}{\"b\": 2}",
                "{\"a\": 1",
                "{\"a\": 1,}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": True}",
                "TRUE",
                "[NULL]",
                "{\"a\": \"line 1\nline 2\"}",
                "{\"a\": \"tab\there\"}",
                "{\"a\": \"it\\'s\"}",
                "{\"a\": \"line 1\\\nline 2\"}",
                "{\"a\": NaN}",
                "hello"
            })
    void anythingElseIsARejection(String text) {
        assertThat(REQUIRE.process(text, Map.of()))
                .isInstanceOfSatisfying(
                        ProcessedOutput.Rejected.class,
                        rejected -> assertThat(rejected.reason()).startsWith("not JSON: "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Sure! {\"a\": 1} | what stands at $ is not JSON",
                "{\"a\": [1, x]} | what stands at $.a[1] is not JSON",
                "{\"a\": 1} {} | what stands at $ is not JSON",
                "{\"a\": 1 | the text ends within $.a",
                "[1, -] | what stands at $[1] is not JSON"
            })
    void rejectionSaysWhereItIsWrongAndGivesNoAdvice(String text, String reason) {
        assertThat(REQUIRE.process(text, Map.of())).isEqualTo(ProcessedOutput.rejected("not JSON: " + reason));
    }

    @Test
    void nestingOf10000LevelsIsARejection() {
        assertThat(REQUIRE.process("[".repeat(10_000) + "]".repeat(10_000), Map.of()))
                .isInstanceOf(ProcessedOutput.Rejected.class);
    }
}
