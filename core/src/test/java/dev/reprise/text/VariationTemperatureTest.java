package dev.reprise.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.codec.StoredRequest;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.ModelProfile.Support;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an attempt sends: the temperature, or a text in its place. */
class VariationTemperatureTest {

    private static final GenerationRequest ASKED = GenerationRequest.builder()
            .prompt("Draw a tree")
            .model("some-model")
            .build();
    private static final GenerationRequest WARM =
            ASKED.toBuilder().temperature(0.3).build();

    @ParameterizedTest
    @EnumSource(
            value = Support.class,
            names = {"YES", "UNKNOWN"})
    void variationsGetATemperatureWhereItIsNotRefused(Support support) {
        for (int index = 0; index < 4; index++) {
            var plan = plan(ASKED, index, 4, support);

            assertThat(plan.request().temperature()).isEqualTo(0.9);
            assertThat(plan.request().request()).isEqualTo(ASKED);
            assertThat(plan.diversity()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Support.class)
    void singleGenerationSendsNoTemperature(Support support) {
        var plan = plan(ASKED, null, null, support);

        assertThat(plan.request().temperature()).isNull();
        assertThat(plan.request().request()).isEqualTo(ASKED);
        assertThat(plan.diversity()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Support.class)
    void singleVariationIsASingleGeneration(Support support) {
        var plan = plan(ASKED, 0, 1, support);

        assertThat(plan.request().temperature()).isNull();
        assertThat(plan.request().request()).isEqualTo(ASKED);
        assertThat(plan.diversity()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Support.class)
    void placeInAnotherKindOfBatchAsksForNoTemperature(Support support) {
        var plan = plan(ASKED, 3, null, support);

        assertThat(plan.request().temperature()).isNull();
        assertThat(plan.diversity()).isNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Support.class,
            names = {"YES", "UNKNOWN"})
    void temperatureThatWasAskedForWins(Support support) {
        assertThat(plan(WARM, 1, 4, support).request().temperature()).isEqualTo(0.3);
        assertThat(plan(WARM, null, null, support).request().temperature()).isEqualTo(0.3);
    }

    @Test
    void temperatureOfZeroIsATemperature() {
        var cold = ASKED.toBuilder().temperature(0.0).build();

        assertThat(plan(cold, 1, 4, Support.YES).request().temperature()).isZero();
    }

    @Test
    void temperatureIsNotSentToAModelThatRefusesIt() {
        var plan = plan(WARM, null, null, Support.NO);

        assertThat(plan.request().temperature()).isNull();
        assertThat(plan.request().request()).isEqualTo(WARM);
        assertThat(plan.diversity()).isNull();
    }

    @Test
    void variationsOfAModelThatRefusesItGetATextEach() {
        Set<String> texts = new HashSet<>();
        for (int index = 0; index < 4; index++) {
            var plan = plan(ASKED, index, 4, Support.NO);

            assertThat(plan.request().temperature()).isNull();
            assertThat(plan.diversity()).isEqualTo(Diversity.angles().angle(index, 4));
            assertThat(plan.request().request().messages())
                    .containsExactly(Message.user("Draw a tree\n\n" + plan.diversity()));
            texts.add(plan.diversity());
        }
        assertThat(texts).hasSize(4);
    }

    @Test
    void variationsThatAskedForATemperatureGetATextAsWell() {
        assertThat(plan(WARM, 1, 4, Support.NO).diversity()).isNotBlank();
    }

    @Test
    void textIsAddedToTheLastTurnAndToNothingElse() {
        var conversation = ASKED.toBuilder()
                .messages(List.of(Message.user("one"), Message.assistant("two"), Message.user("three")))
                .system("system")
                .image(ReferenceImage.url("https://example.com/a.png"))
                .build();

        var plan = plan(conversation, 0, 2, Support.NO);

        assertThat(plan.request().request())
                .isEqualTo(conversation.toBuilder()
                        .messages(List.of(
                                Message.user("one"),
                                Message.assistant("two"),
                                Message.user("three\n\n" + plan.diversity())))
                        .build());
    }

    @Test
    void diversityCanBeSwitchedOff() {
        var plan = VariationTemperature.decide(
                new StoredRequest(ASKED, null, null, 4), 2, null, provider(Support.NO), Diversity.off());

        assertThat(plan.request().temperature()).isNull();
        assertThat(plan.request().request()).isEqualTo(ASKED);
        assertThat(plan.diversity()).isNull();
    }

    @Test
    void diversityOfTheAppsOwnIsAskedWithIndexAndCount() {
        var plan = VariationTemperature.decide(
                new StoredRequest(ASKED, null, null, 3),
                2,
                null,
                provider(Support.NO),
                (index, count) -> index + " of " + count);

        assertThat(plan.diversity()).isEqualTo("2 of 3");
    }

    @Test
    void modelAndCarryAreHandedOn() {
        var plan = VariationTemperature.decide(
                StoredRequest.plain(ASKED), null, "what the last reply left", provider(Support.YES), Diversity.off());

        assertThat(plan.request().model()).isEqualTo("some-model");
        assertThat(plan.request().carry()).isEqualTo("what the last reply left");
    }

    private static VariationTemperature plan(
            GenerationRequest request, @Nullable Integer index, @Nullable Integer count, Support support) {
        return VariationTemperature.decide(
                new StoredRequest(request, null, null, count), index, null, provider(support), Diversity.angles());
    }

    private static NamedProvider provider(Support temperature) {
        return new NamedProvider("one", "some-model", temperature);
    }
}
