package dev.reprise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as trees: nothing is lost, and nothing but JSON gets in. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-9007199254740993",
                "18446744073709551616",
                "123456789012345678901234567890",
                "0.1234567890123456789012345678901234567890",
                "3.14159265358979323846264338327950288419716939937510",
                "0",
                "-1",
                "1.50"
            })
    void numbersKeepEveryDigit(String number) {
        assertThat(Json.read(number)).isEqualTo(new BigDecimal(number));
        assertThat(Json.write(Json.read(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e5", "1E5", "1e+5", "1.0e5", "100000"})
    void exponentsAreRead(String number) {
        assertThat((BigDecimal) Json.read(number)).isEqualByComparingTo("100000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e2147483648", "1e99999999999999999999", "1e1001"
            })
    void numberWithAHugeExponentIsRefused(String number) {
        assertThatThrownBy(() -> Json.read(number)).isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> Json.read("{\"tokens\":" + number + "}")).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void valuesOfEveryTypeAreRead() {
        var tree =
                Json.read("{\"n\":null,\"t\":true,\"f\":false,\"i\":1,\"d\":0.5,\"s\":\"x\",\"l\":[1,[],{}],\"o\":{}}");

        var expected = new LinkedHashMap<String, Object>();
        expected.put("n", null);
        expected.put("t", true);
        expected.put("f", false);
        expected.put("i", new BigDecimal("1"));
        expected.put("d", new BigDecimal("0.5"));
        expected.put("s", "x");
        expected.put("l", List.of(new BigDecimal("1"), List.of(), Map.of()));
        expected.put("o", Map.of());
        assertThat(tree).isEqualTo(expected);
    }

    @Test
    void membersKeepTheOrderOfTheText() {
        assertThat(Json.readObject("{\"b\":1,\"a\":2,\"c\":3}").members()).containsOnlyKeys("b", "a", "c");
        assertThat(Json.write(Json.read("{\"b\":1,\"a\":2,\"c\":3}"))).isEqualTo("{\"b\":1,\"a\":2,\"c\":3}");
    }

    @Test
    void scalarMayStandAlone() {
        assertThat(Json.read("null")).isNull();
        assertThat(Json.read(" true ")).isEqualTo(true);
        assertThat(Json.read("\"x\"")).isEqualTo("x");
        assertThat(Json.write(null)).isEqualTo("null");
        assertThat(Json.write("x")).isEqualTo("\"x\"");
        assertThat(Json.write(true)).isEqualTo("true");
    }

    @Test
    void nullMembersAndItemsAreWritten() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("a", null);
        tree.put("b", Arrays.asList(1, null));

        assertThat(Json.write(tree)).isEqualTo("{\"a\":null,\"b\":[1,null]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "}",
                "[1,",
                "[1,]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "'x'",
                "\"x",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "nul",
                "undefined",
                "NaN",
                "Infinity",
                "01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "0x10",
                "// comment\n1",
                "Sure! Here is the JSON:",
                "<html></html>",
                "{\"a\":1}}",
                "{\"a\":1} trailing",
                "{\"a\":1}{\"b\":2}",
                "[] []",
                "1 2",
                "null null",
                "\"a\"\"b\""
            })
    void whatIsNotExactlyOneValueIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void nestingOf10000LevelsIsRefusedWithoutOverflowingTheStack(String opening) {
        assertThatThrownBy(() -> Json.read(opening.repeat(10_000))).isInstanceOf(JsonFormatException.class);
        assertThatThrownBy(() -> Json.read("{\"x\":" + opening.repeat(1_000_000)))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void nestingOf100LevelsIsRead() {
        var text = "[".repeat(100) + "]".repeat(100);

        assertThat(Json.write(Json.read(text))).isEqualTo(text);
    }

    @Test
    void lastOfDuplicateNamesCounts() {
        assertThat(Json.readObject("{\"a\":1,\"b\":2,\"a\":3}").members())
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", new BigDecimal("3"), "b", new BigDecimal("2")));
    }

    @Test
    void textOfAllPlanesSurvives() {
        var text = "\u0000\u001f\"\\/\b\f\n\r\t \u00e9 \u2028\u2029 \u4f60\u597d \ud83d\ude00 \uffff";

        assertThat(Json.read(Json.write(text))).isEqualTo(text);
        assertThat(Json.read(Json.writeBytes(text))).isEqualTo(text);
        assertThat(Json.read("\"\\ud83d\\ude00\\u00e9\"")).isEqualTo("\ud83d\ude00\u00e9");
    }

    @Test
    void halfASurrogatePairIsNotFatal() {
        assertThat(Json.read("\"\\ud83d\"")).isEqualTo("\ud83d");
        assertThat(Json.read(Json.writeBytes("a\ud83db")))
                .asString()
                .hasSize(3)
                .startsWith("a")
                .endsWith("b");
    }

    @Test
    void randomBytesEitherReadOrAreRefused() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(24)];
            for (int b = 0; b < bytes.length; b++) {
                var alphabet = "{}[]\",:\\u0e1-.tfn \n";
                bytes[b] = random.nextInt(10) == 0
                        ? (byte) random.nextInt()
                        : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            try {
                Json.write(Json.read(bytes));
            } catch (JsonFormatException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void randomTreesSurviveWritingAndReading() {
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            var tree = tree(random, 4);
            assertThat(Json.read(Json.write(tree))).isEqualTo(tree);
            assertThat(Json.read(Json.writeBytes(tree))).isEqualTo(tree);
        }
    }

    private static @Nullable Object tree(Random random, int depth) {
        int most = depth == 0 ? 5 : 7;
        return switch (random.nextInt(most)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30));
            case 3 -> new BigDecimal(random.nextLong()).scaleByPowerOfTen(random.nextInt(300));
            case 4 -> text(random);
            case 5 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(text(random), tree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int point = random.nextInt(4) == 0 ? random.nextInt(Character.MAX_CODE_POINT) : random.nextInt(128);
            text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 'x' : point);
        }
        return text.toString();
    }
}
