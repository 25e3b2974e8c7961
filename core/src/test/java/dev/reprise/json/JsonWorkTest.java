package dev.reprise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading takes time, and a tree memory, in proportion to the text. */
class JsonWorkTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String DIGITS = "7".repeat(1_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {"%s", "-%s", "{\"usage\":{\"input_tokens\":%s}}", "[0.%s]", "{\"a\":[1,%s]}", "[%se5]", "[1e%s]"
            })
    void numberOfAMillionDigitsIsRefusedAtOnce(String json) {
        assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Json.read(json.formatted(DIGITS)))
                        .isInstanceOf(JsonFormatException.class)
                        .hasMessage("a number of more than 1000 characters"));
    }

    @Test
    void numberOfAThousandDigitsIsRead() {
        var number = "7".repeat(1_000);

        assertThat(Json.read("[" + number + "]")).isEqualTo(List.of(new BigDecimal(number)));
        assertThatThrownBy(() -> Json.read("[" + number + "7]")).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void digitsInATextAreNoNumber() {
        assertThat(Json.read("[\"\\\\\\\"" + DIGITS + "\"]")).isEqualTo(List.of("\\\"" + DIGITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\t\r"})
    void millionsOfBlanksAreRefusedAtOnce(String blank) {
        var blanks = blank.repeat(32 << 20);

        assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Json.read("{\"a\":" + blanks + "1}"))
                        .isInstanceOf(JsonFormatException.class)
                        .hasMessage("more than 65536 blanks in a row"));
    }

    @Test
    void blanksOfDeepIndentationAreRead() {
        var blanks = "\n" + " ".repeat(10_000);

        assertThat(Json.read("{" + blanks + "\"a\":" + blanks + "[]" + blanks + "}" + blanks))
                .isEqualTo(Map.of("a", List.of()));
    }

    @Test
    void placeOfAFaultIsToldWithoutTheWholeOfALongName() {
        assertThatThrownBy(() -> Json.read("{\"" + "n".repeat(1_000_000) + "\":nonsense}"))
                .isInstanceOf(JsonFormatException.class)
                .hasMessageStartingWith("what stands at $.nnnn")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void memoryOfATreeIsToldByWhatItIsMadeOf() {
        assertThat(memory("{}")).isEqualTo(64);
        assertThat(memory("[{},{}]")).isEqualTo(64 * 4);
        assertThat(memory("{\"a\":1}")).isEqualTo(64 + 64 + 2 * 3 + 100);
        assertThat(memory("\"\\\"]\"")).isEqualTo(64 + 2 * 5);
        assertThat(memory(("\"" + "x".repeat(1_000)))).isEqualTo(64 + 2 * 1_001);
        assertThat(memory("nothing at all")).isZero();
    }

    private static long memory(String json) {
        return Json.memory(json.getBytes(StandardCharsets.UTF_8));
    }
}
