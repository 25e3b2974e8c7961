package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field that is blank, too long or out of range is refused by name, with its value. */
class RequestLimitsTest {

    private static final int MAX_TEXT = 4_000_000;

    static Stream<Arguments> blankTexts() {
        return Stream.of("", " ", "\t\r\n")
                .flatMap(blank -> Stream.of(
                        Arguments.of("provider", blank, set(b -> b.provider(blank))),
                        Arguments.of("model", blank, set(b -> b.model(blank))),
                        Arguments.of("system", blank, set(b -> b.system(blank))),
                        Arguments.of("prompt", blank, set(b -> b.prompt(blank))),
                        Arguments.of("label", blank, set(b -> b.label(blank))),
                        Arguments.of("processor", blank, set(b -> b.processor(blank))),
                        Arguments.of("idempotencyKey", blank, set(b -> b.idempotencyKey(blank))),
                        Arguments.of("settings key", blank, set(b -> b.setting(blank, "x"))),
                        Arguments.of("extra name", blank, set(b -> b.extra(blank, "x")))));
    }

    @ParameterizedTest
    @MethodSource("blankTexts")
    void blankTextIsRefused(String field, String value, UnaryOperator<GenerationRequest.Builder> set) {
        assertThatThrownBy(() -> set.apply(builder()).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(field + " must not be blank: " + value);
    }

    static Stream<Arguments> longestTexts() {
        return Stream.of(
                Arguments.of("provider", 100, set((b, text) -> b.provider(text))),
                Arguments.of("model", 200, set((b, text) -> b.model(text))),
                Arguments.of("label", 100, set((b, text) -> b.label(text))),
                Arguments.of("processor", 100, set((b, text) -> b.processor(text))),
                Arguments.of("idempotencyKey", 200, set((b, text) -> b.idempotencyKey(text))),
                Arguments.of("settings key", 100, set((b, text) -> b.setting(text, "x"))),
                Arguments.of("settings.fps", 4_000, set((b, text) -> b.setting("fps", text))),
                Arguments.of("extra name", 100, set((b, text) -> b.extra(text, 1))),
                Arguments.of("stopSequences", 200, set((b, text) -> b.stopSequences("END", text))),
                Arguments.of("system", MAX_TEXT, set((b, text) -> b.system(text))),
                Arguments.of("prompt", MAX_TEXT, set((b, text) -> b.prompt(text))));
    }

    @ParameterizedTest
    @MethodSource("longestTexts")
    void tooLongTextIsRefused(String field, int longest, Set set) {
        assertThat(set.apply(builder(), "x".repeat(longest)).build()).isNotNull();
        assertThatThrownBy(() -> set.apply(builder(), "x".repeat(longest + 1)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(field + " must have at most " + longest + " characters: " + shown(longest + 1));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("provider", set((b, text) -> b.provider(text))),
                Arguments.of("model", set((b, text) -> b.model(text))),
                Arguments.of("label", set((b, text) -> b.label(text))),
                Arguments.of("processor", set((b, text) -> b.processor(text))),
                Arguments.of("idempotencyKey", set((b, text) -> b.idempotencyKey(text))),
                Arguments.of("system", set((b, text) -> b.system(text))),
                Arguments.of("prompt", set((b, text) -> b.prompt(text))),
                Arguments.of("stopSequences", set((b, text) -> b.stopSequences(text))),
                Arguments.of("settings key", set((b, text) -> b.setting(text, "x"))),
                Arguments.of("settings.key", set((b, text) -> b.setting("key", text))),
                Arguments.of("extra name", set((b, text) -> b.extra(text, 1))),
                Arguments.of("extra.x", set((b, text) -> b.extra("x", List.of(text)))),
                Arguments.of("extra.x", set((b, text) -> b.extra("x", Map.of(text, 1)))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void halfACharacterIsRefused(String field, Set set) {
        assertThat(set.apply(builder(), "whole \uD83D\uDE00").build()).isNotNull();
        for (String half : List.of("half \uD83D", "half \uDE00", "half \uD83Dx", "half \uDE00\uD83D")) {
            assertThatThrownBy(() -> set.apply(builder(), half).build())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage(field + " must be text with whole surrogate pairs: half a character at 5");
        }
    }

    static Stream<Arguments> names() {
        return longestTexts()
                .filter(text -> !List.of("system", "prompt", "stopSequences").contains(text.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameWithU0000IsRefusedWhateverTheStore(String field, int longest, Set set) {
        assertThatThrownBy(() -> set.apply(builder(), "name\0").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(field + " must be text without U+0000: U+0000 at 4");
    }

    @Test
    void textWithU0000IsTaken() {
        assertThat(builder().system("a\0").prompt("b\0").stopSequences("\0").build())
                .isNotNull();
    }

    @Test
    void turnWithHalfACharacterIsRefused() {
        assertThatThrownBy(() -> Message.user("\uD83D"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("messages.text must be text with whole surrogate pairs: half a character at 0");
    }

    @Test
    void extraHasAtMostAMillionCharactersAsJson() {
        assertThat(builder().extra("x", "y".repeat(999_000)).build()).isNotNull();
        assertThatThrownBy(() -> builder().extra("x", "y".repeat(1_000_000)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("extra must have at most 1000000 characters as JSON: more than that");
    }

    @Test
    @Timeout(20)
    void extraThatGrowsExponentiallyWhenWrittenIsRefusedBeforeItIsWalked() {
        Object twice = List.of("a", "b");
        for (int i = 0; i < 90; i++) {
            twice = List.of(twice, twice);
        }
        var extra = twice;

        assertThatThrownBy(() -> builder().extra("x", extra).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("extra must have at most 1000000 characters as JSON: more than that");
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                Arguments.of("maxOutputTokens must be 1 to 10000000: 0", set(b -> b.maxOutputTokens(0))),
                Arguments.of("maxOutputTokens must be 1 to 10000000: -1", set(b -> b.maxOutputTokens(-1))),
                Arguments.of(
                        "maxOutputTokens must be 1 to 10000000: 10000001", set(b -> b.maxOutputTokens(10_000_001))),
                Arguments.of("temperature must be 0 to 2: -0.1", set(b -> b.temperature(-0.1))),
                Arguments.of("temperature must be 0 to 2: 2.1", set(b -> b.temperature(2.1))),
                Arguments.of("temperature must be 0 to 2: NaN", set(b -> b.temperature(Double.NaN))),
                Arguments.of("temperature must be 0 to 2: Infinity", set(b -> b.temperature(Double.POSITIVE_INFINITY))),
                Arguments.of("priority must be -100 to 100: -101", set(b -> b.priority(-101))),
                Arguments.of("priority must be -100 to 100: 101", set(b -> b.priority(101))),
                Arguments.of(
                        "attemptTimeout must be over PT0S and at most PT24H: PT0S",
                        set(b -> b.attemptTimeout(Duration.ZERO))),
                Arguments.of(
                        "attemptTimeout must be over PT0S and at most PT24H: PT-1S",
                        set(b -> b.attemptTimeout(Duration.ofSeconds(-1)))),
                Arguments.of(
                        "attemptTimeout must be over PT0S and at most PT24H: PT24H0.001S",
                        set(b -> b.attemptTimeout(Duration.ofDays(1).plusMillis(1)))),
                Arguments.of(
                        "deadline must be over PT0S and at most PT8760H: PT0S", set(b -> b.deadline(Duration.ZERO))),
                Arguments.of(
                        "deadline must be over PT0S and at most PT8760H: PT8784H",
                        set(b -> b.deadline(Duration.ofDays(366)))),
                Arguments.of("stopSequences must not hold an empty text: ", set(b -> b.stopSequences("END", ""))),
                Arguments.of(
                        "stopSequences must be at most 16: 17 sequences",
                        set(b -> b.stopSequences(Collections.nCopies(17, "x").toArray(String[]::new)))),
                Arguments.of("image must be at most 20: 21 images", set(b -> images(b, 21))),
                Arguments.of(
                        "image.bytes must be at most 20 MiB in all images: 20971521 bytes",
                        set(b -> b.image(bytes(20 << 20)).image(bytes(1)))),
                Arguments.of("settings must be at most 64: 65 settings", set(b -> settings(b, 65))));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void valueOutOfRangeIsRefused(String message, UnaryOperator<GenerationRequest.Builder> set) {
        assertThatThrownBy(() -> set.apply(builder()).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void endsOfTheRangesAreTaken() {
        var least = builder()
                .maxOutputTokens(1)
                .temperature(0.0)
                .priority(-100)
                .attemptTimeout(Duration.ofNanos(1))
                .deadline(Duration.ofNanos(1))
                .build();
        var most = settings(images(builder(), 20), 64)
                .maxOutputTokens(10_000_000)
                .temperature(2.0)
                .priority(100)
                .attemptTimeout(Duration.ofDays(1))
                .deadline(Duration.ofDays(365))
                .stopSequences(Collections.nCopies(16, "x").toArray(String[]::new))
                .build();

        assertThat(least.maxOutputTokens()).isEqualTo(1);
        assertThat(most.images()).hasSize(20);
        assertThat(most.settings()).hasSize(64);
    }

    @Test
    void settingMayBeBlank() {
        assertThat(builder().setting("title", "").build().settings()).containsEntry("title", "");
    }

    @Test
    void promptOrMessagesMustBeGiven() {
        assertThatThrownBy(() -> GenerationRequest.builder().build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("prompt or messages must be given: ");
        assertThatThrownBy(() -> GenerationRequest.builder().messages(List.of()).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("prompt or messages must be given: ");
    }

    @Test
    void promptAndMessagesTogetherAreRefused() {
        assertThatThrownBy(() -> GenerationRequest.builder()
                        .prompt("one")
                        .messages(List.of(Message.user("two")))
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("prompt must not be given together with messages: one");
    }

    @Test
    void conversationBeginsAndEndsWithTheUser() {
        assertThatThrownBy(() -> messages(Message.assistant("a"), Message.user("b")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("messages must begin with a user turn: ASSISTANT");
        assertThatThrownBy(() -> messages(Message.user("a"), Message.assistant("b")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("messages must end with a user turn: ASSISTANT");
        assertThat(messages(Message.user("a"), Message.assistant("b"), Message.user("c"))
                        .prompt())
                .isEqualTo("a");
    }

    @Test
    void conversationIsLimitedAsAWhole() {
        var half = "x".repeat(MAX_TEXT / 2);

        assertThat(messages(Message.user(half), Message.user(half)).messages()).hasSize(2);
        assertThatThrownBy(() -> messages(Message.user(half), Message.assistant("y"), Message.user(half)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("messages must have at most 4000000 characters in all: 4000001 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void blankTurnIsRefused(String blank) {
        assertThatThrownBy(() -> Message.assistant(blank))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("messages.text must not be blank: " + blank);
    }

    @Test
    void extraThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> builder().extra("when", Duration.ZERO).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("extra.when must be null, a boolean, a number, a text, a list or a map: "
                        + "java.time.Duration");
        assertThatThrownBy(() -> builder().extra("a", Map.of("b", List.of('c'))).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("extra.a.b must be null, a boolean, a number, a text, a list or a map: "
                        + "java.lang.Character");
        assertThatThrownBy(() -> builder().extra("a", Map.of(1, "x")).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("extra.a must have text keys: 1");
        assertThatThrownBy(() -> builder().extra("a", new String[] {"x"}).build())
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void extraNumberThatJsonDoesNotHaveIsRefused() {
        for (Number wrong : new Number[] {Double.NaN, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> builder().extra("x", List.of(wrong)).build())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("extra.x must be a finite number: " + wrong);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e5000", "1e-5000", "0e-5000", "0e5000"})
    void extraNumberThatCouldNotBeReadBackIsRefused(String number) {
        assertThatThrownBy(() -> builder().extra("x", new BigDecimal(number)).build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("extra.x must be ");
    }

    @Test
    void extraMayBeNested100LevelsDeep() {
        assertThat(builder().extra("x", nested(100)).build().extra()).containsOnlyKeys("x");
        for (int levels : new int[] {101, 10_000}) {
            assertThatThrownBy(() -> builder().extra("x", nested(levels)).build())
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessage("extra.x must be nested at most 100 levels deep: a deeper value");
        }
    }

    @Test
    void extraThatHoldsItselfIsRefused() {
        var list = new ArrayList<Object>();
        list.add(list);
        var map = new HashMap<String, Object>();
        map.put("self", map);

        assertThatThrownBy(() -> builder().extra("x", list).build()).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> builder().extra("x", map).build()).isInstanceOf(InvalidRequestException.class);
    }

    @FunctionalInterface
    interface Set {
        GenerationRequest.Builder apply(GenerationRequest.Builder builder, String text);
    }

    private static Set set(Set set) {
        return set;
    }

    private static UnaryOperator<GenerationRequest.Builder> set(UnaryOperator<GenerationRequest.Builder> set) {
        return set;
    }

    private static GenerationRequest.Builder builder() {
        return GenerationRequest.of("p").toBuilder();
    }

    private static GenerationRequest messages(Message... messages) {
        return GenerationRequest.builder().messages(List.of(messages)).build();
    }

    private static ReferenceImage bytes(int count) {
        return ReferenceImage.inline("image/png", new byte[count]);
    }

    private static GenerationRequest.Builder images(GenerationRequest.Builder builder, int count) {
        for (int i = 0; i < count; i++) {
            builder.image(ReferenceImage.url("https://example.com/" + i));
        }
        return builder;
    }

    private static GenerationRequest.Builder settings(GenerationRequest.Builder builder, int count) {
        for (int i = 0; i < count; i++) {
            builder.setting("s" + i, "x");
        }
        return builder;
    }

    private static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
        }
        return value;
    }

    private static String shown(int length) {
        return length <= 120 ? "x".repeat(length) : "x".repeat(120) + "... (" + length + " characters)";
    }
}
