package dev.reprise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members are asked for by type; one of another type counts as absent. */
class JsonObjectTest {

    private static final JsonObject OBJECT = Json.readObject("""
            {"text": "x", "whole": 9007199254740993, "fraction": 2.75, "yes": true, "nothing": null,
             "object": {"a": 1}, "list": [{"a": 1}, "x", 2, null, {"b": 2}, "y"], "map": {"k": "v", "n": 1, "z": null}}""");

    @Test
    void memberIsHadByItsType() {
        assertThat(OBJECT.string("text")).isEqualTo("x");
        assertThat(OBJECT.number("whole")).isEqualTo(9007199254740993L);
        assertThat(OBJECT.decimal("fraction")).isEqualTo(2.75);
        assertThat(OBJECT.bool("yes")).isTrue();
        assertThat(OBJECT.object("object")).isEqualTo(JsonObject.of(Map.of("a", new BigDecimal("1"))));
        assertThat(OBJECT.get("whole")).isEqualTo(new BigDecimal("9007199254740993"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "yes", "nothing", "object", "list", "missing"})
    void whatIsNoNumberIsAbsentAsANumber(String name) {
        assertThat(OBJECT.number(name)).isNull();
        assertThat(OBJECT.numberOrZero(name)).isZero();
        assertThat(OBJECT.decimal(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "yes", "nothing", "object", "list", "missing"})
    void whatIsNoTextIsAbsentAsAText(String name) {
        assertThat(OBJECT.string(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "whole", "nothing", "object", "list", "missing"})
    void whatIsNoTruthValueIsAbsentAsOne(String name) {
        assertThat(OBJECT.bool(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "whole", "yes", "nothing", "list", "missing"})
    void whatIsNoObjectIsAbsentAsOne(String name) {
        assertThat(OBJECT.object(name)).isNull();
        assertThat(OBJECT.objectOrEmpty(name)).isEqualTo(JsonObject.EMPTY);
        assertThat(OBJECT.texts(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "whole", "yes", "nothing", "object", "missing"})
    void whatIsNoListIsEmptyAsOne(String name) {
        assertThat(OBJECT.objects(name)).isEmpty();
        assertThat(OBJECT.strings(name)).isEmpty();
    }

    @Test
    void itemsOfOtherTypesAreLeftOut() {
        assertThat(OBJECT.objects("list"))
                .extracting(o -> o.members().keySet())
                .containsExactly(Set.of("a"), Set.of("b"));
        assertThat(OBJECT.strings("list")).isEqualTo(List.of("x", "y"));
        assertThat(OBJECT.texts("map")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void codeIsATextOrANumberAsText() {
        var codes = Json.readObject("{\"a\":\"rate_limit\",\"b\":429,\"c\":1e3,\"d\":null,\"e\":true}");

        assertThat(codes.code("a")).isEqualTo("rate_limit");
        assertThat(codes.code("b")).isEqualTo("429");
        assertThat(codes.code("c")).isEqualTo("1000");
        assertThat(codes.code("d")).isNull();
        assertThat(codes.code("e")).isNull();
    }

    @Test
    void fractionOfAWholeNumberIsCut() {
        assertThat(OBJECT.number("fraction")).isEqualTo(2);
        assertThat(Json.readObject("{\"n\":-2.75}").number("n")).isEqualTo(-2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e30", "18446744073709551616", "1e999"})
    void numberThatDoesNotFitIsAbsentAsAWholeNumber(String number) {
        var object = Json.readObject("{\"n\":" + number + "}");

        assertThat(object.number("n")).isNull();
        assertThat(object.numberOrZero("n")).isZero();
    }

    @Test
    void largestWholeNumbersFit() {
        assertThat(Json.readObject("{\"n\":9223372036854775807}").number("n")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.readObject("{\"n\":-9223372036854775808}").number("n")).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> Json.readObject(text))
                .isInstanceOf(JsonFormatException.class)
                .hasMessage("not a JSON object");
        assertThat(JsonObject.ofNullable(Json.read(text))).isNull();
    }
}
