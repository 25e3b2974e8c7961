package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request as a value: what it is built from, keeps and shows. */
class GenerationRequestTest {

    static final GenerationRequest FULL = GenerationRequest.builder()
            .provider("anthropic")
            .model("some-model")
            .system("a secret system text")
            .messages(List.of(Message.user("first ask"), Message.assistant("answer"), Message.user("second ask")))
            .maxOutputTokens(4_096)
            .temperature(0.5)
            .stopSequences("END", "STOP")
            .image(ReferenceImage.inline("image/png", new byte[] {1, 2, 3}))
            .image(ReferenceImage.url("https://example.com/a.png"))
            .setting("aspectRatio", "16:9")
            .setting("fps", "30")
            .label("animation")
            .processor("code")
            .priority(7)
            .idempotencyKey("key-1")
            .attemptTimeout(Duration.ofMinutes(2))
            .deadline(Duration.ofHours(1))
            .extra("top_k", 40)
            .extra("metadata", Map.of("user_id", "u"))
            .build();

    static Stream<Named<UnaryOperator<GenerationRequest.Builder>>> changes() {
        return Stream.of(
                change("provider", b -> b.provider("openai")),
                change("no provider", b -> b.provider(null)),
                change("model", b -> b.model("other")),
                change("system", b -> b.system("other")),
                change("prompt", b -> b.prompt("first ask")),
                change("messages", b -> b.messages(List.of(Message.user("second ask")))),
                change("maxOutputTokens", b -> b.maxOutputTokens(4_097)),
                change("temperature", b -> b.temperature(0.6)),
                change("no temperature", b -> b.temperature(null)),
                change("stopSequences", b -> b.stopSequences("STOP", "END")),
                change("image", b -> b.image(ReferenceImage.url("https://example.com/a.png"))),
                change("setting", b -> b.setting("fps", "31")),
                change("label", b -> b.label(null)),
                change("processor", b -> b.processor(null)),
                change("priority", b -> b.priority(8)),
                change("idempotencyKey", b -> b.idempotencyKey(null)),
                change("attemptTimeout", b -> b.attemptTimeout(null)),
                change("deadline", b -> b.deadline(Duration.ofHours(2))),
                change("extra", b -> b.extra("top_k", 41)),
                change("null extra", b -> b.extra("top_k", null)));
    }

    @Test
    void promptIsEnough() {
        var request = GenerationRequest.of("Write a haiku");

        assertThat(request.prompt()).isEqualTo("Write a haiku");
        assertThat(request.messages()).containsExactly(Message.user("Write a haiku"));
        assertThat(request.provider()).isNull();
        assertThat(request.model()).isNull();
        assertThat(request.system()).isNull();
        assertThat(request.maxOutputTokens()).isNull();
        assertThat(request.temperature()).isNull();
        assertThat(request.stopSequences()).isEmpty();
        assertThat(request.images()).isEmpty();
        assertThat(request.settings()).isEmpty();
        assertThat(request.label()).isNull();
        assertThat(request.processor()).isNull();
        assertThat(request.priority()).isZero();
        assertThat(request.idempotencyKey()).isNull();
        assertThat(request.attemptTimeout()).isNull();
        assertThat(request.deadline()).isNull();
        assertThat(request.extra()).isEmpty();
    }

    @Test
    void everyFieldIsKept() {
        assertThat(FULL.provider()).isEqualTo("anthropic");
        assertThat(FULL.model()).isEqualTo("some-model");
        assertThat(FULL.system()).isEqualTo("a secret system text");
        assertThat(FULL.prompt()).isEqualTo("first ask");
        assertThat(FULL.messages()).hasSize(3);
        assertThat(FULL.maxOutputTokens()).isEqualTo(4_096);
        assertThat(FULL.temperature()).isEqualTo(0.5);
        assertThat(FULL.stopSequences()).containsExactly("END", "STOP");
        assertThat(FULL.images())
                .containsExactly(
                        ReferenceImage.inline("image/png", new byte[] {1, 2, 3}),
                        ReferenceImage.url("https://example.com/a.png"));
        assertThat(FULL.settings()).isEqualTo(Map.of("aspectRatio", "16:9", "fps", "30"));
        assertThat(FULL.label()).isEqualTo("animation");
        assertThat(FULL.processor()).isEqualTo("code");
        assertThat(FULL.priority()).isEqualTo(7);
        assertThat(FULL.idempotencyKey()).isEqualTo("key-1");
        assertThat(FULL.attemptTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(FULL.deadline()).isEqualTo(Duration.ofHours(1));
        assertThat(FULL.extra().get("top_k")).hasToString("40");
        assertThat(FULL.extra().get("metadata")).isEqualTo(Map.of("user_id", "u"));
    }

    @Test
    void toBuilderStartsFromEveryValue() {
        assertThat(FULL.toBuilder().build()).isEqualTo(FULL).hasSameHashCodeAs(FULL);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyFieldCountsInEquality(UnaryOperator<GenerationRequest.Builder> change) {
        var changed = change.apply(FULL.toBuilder()).build();

        assertThat(changed).isNotEqualTo(FULL);
        assertThat(changed).isEqualTo(change.apply(FULL.toBuilder()).build());
    }

    @Test
    void orderOfSettingsDoesNotCountInEquality() {
        var one = GenerationRequest.builder().prompt("p").setting("a", "1").setting("b", "2");
        var other = GenerationRequest.builder().prompt("p").setting("b", "2").setting("a", "1");

        assertThat(one.build()).isEqualTo(other.build()).hasSameHashCodeAs(other.build());
        assertThat(GenerationRequest.of("p")).isNotEqualTo("p");
    }

    @Test
    void newPromptReplacesTheInheritedConversation() {
        assertThat(FULL.toBuilder().prompt("new").build().messages()).containsExactly(Message.user("new"));
        assertThat(FULL.toBuilder()
                        .messages(List.of(Message.user("new")))
                        .build()
                        .messages())
                .containsExactly(Message.user("new"));
    }

    @Test
    void builderGoesOnWithoutChangingWhatItHasBuilt() {
        var builder = GenerationRequest.builder().prompt("p").setting("a", "1").extra("x", "1");
        var first = builder.build();

        builder.setting("b", "2")
                .image(ReferenceImage.url("https://example.com/a.png"))
                .extra("y", 2);

        assertThat(first.settings()).containsOnlyKeys("a");
        assertThat(first.images()).isEmpty();
        assertThat(first.extra()).containsOnlyKeys("x");
    }

    @Test
    void laterChangesOfGivenCollectionsDoNotShow() {
        var messages = new ArrayList<>(List.of(Message.user("p")));
        var stops = new String[] {"END"};
        var list = new ArrayList<Object>(List.of("a"));
        var map = new HashMap<String, Object>(Map.of("list", list));
        var request = GenerationRequest.builder()
                .messages(messages)
                .stopSequences(stops)
                .extra("map", map)
                .build();
        var asBuilt = request.toBuilder().build();

        messages.add(Message.assistant("a"));
        stops[0] = "other";
        list.add(new Object());
        map.put("more", "b");

        assertThat(request.messages()).hasSize(1);
        assertThat(request.stopSequences()).containsExactly("END");
        assertThat(request.extra().get("map")).isEqualTo(Map.of("list", List.of("a")));
        assertThat(request).isEqualTo(asBuilt);
    }

    @Test
    @SuppressWarnings("unchecked")
    void collectionsCannotBeChanged() {
        var nested = GenerationRequest.builder()
                .prompt("p")
                .extra("map", new HashMap<>(Map.of("a", new ArrayList<>(List.of(1)))))
                .build();
        var map = (Map<String, Object>) nested.extra().get("map");

        assertUnchangeable(() -> FULL.settings().put("x", "y"));
        assertUnchangeable(() -> FULL.extra().put("x", "y"));
        assertUnchangeable(() -> FULL.messages().clear());
        assertUnchangeable(() -> FULL.images().clear());
        assertUnchangeable(() -> FULL.stopSequences().clear());
        assertUnchangeable(() -> map.put("x", "y"));
        assertUnchangeable(() -> ((List<Object>) map.get("a")).add(2));
    }

    @Test
    void extraHoldsWhateverJsonHolds() {
        var list = Arrays.asList("a", 1, null, true, List.of(), Map.of());
        var request = GenerationRequest.builder()
                .prompt("p")
                .extra("nothing", null)
                .extra("yes", true)
                .extra("text", "")
                .extra("list", list)
                .extra("long", Long.MAX_VALUE)
                .extra("decimal", new BigDecimal("0.10"))
                .build();

        assertThat(request.extra()).containsOnlyKeys("nothing", "yes", "text", "list", "long", "decimal");
        assertThat(request.extra().get("nothing")).isNull();
        assertThat(request.extra().get("long")).hasToString("9223372036854775807");
        assertThat(request.extra().get("decimal")).hasToString("0.10");
        assertThat((List<?>) request.extra().get("list")).hasSize(6);
    }

    @Test
    void textShowsNoTexts() {
        assertThat(FULL)
                .hasToString("GenerationRequest[provider=anthropic, model=some-model, messages=3, images=2, "
                        + "label=animation, processor=code]");
        assertThat(GenerationRequest.of("my secret")).asString().doesNotContain("secret");
    }

    private static void assertUnchangeable(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Named<UnaryOperator<GenerationRequest.Builder>> change(
            String name, UnaryOperator<GenerationRequest.Builder> change) {
        return Named.of(name, change);
    }

    @Test
    void builtRequestStaysValidWhenItIsBuiltAgain() {
        assertThatThrownBy(() -> FULL.toBuilder().priority(101).build()).isInstanceOf(InvalidRequestException.class);
        assertThat(FULL.toBuilder().priority(100).build().priority()).isEqualTo(100);
    }
}
