package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariationsTest {

    static final String BRIEF = """
            Write a product text from this brief. Keep it friendly.

            # Solstice Lamp

            Product: Solstice Lamp
            Price: 49 EUR

            ## Features
            - Hand-made oak frame
            - folds flat in 3 seconds
            - **Weight:** 400 g

            ## Readers
            - people who read in bed

            It comes with a ten year guarantee.
            """;
    static final List<String> FACTS = List.of(
            "Solstice Lamp",
            "49 EUR",
            "Hand-made oak frame",
            "folds flat in 3 seconds",
            "400 g",
            "people who read in bed",
            "ten year guarantee");

    /** What a text is made of, as far as a reader sees it at a glance. */
    private enum Feature {
        BULLETS("(?m)^- "),
        NUMBERED_STEPS("(?m)^\\d+\\. "),
        QUESTIONS("(?m)^### .*\\?$"),
        SUBHEADINGS("(?m)^## "),
        TABLE("(?m)^\\|.*\\|$"),
        SALUTATION("^Dear "),
        TITLE("^# ");

        private final String pattern;

        Feature(String pattern) {
            this.pattern = pattern;
        }

        static Set<Feature> of(String text) {
            return IntStream.range(0, values().length)
                    .mapToObj(i -> values()[i])
                    .filter(feature ->
                            Pattern.compile(feature.pattern).matcher(text).find())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42})
    void fourAnswersToOnePromptDifferInStructureAndShareAllFacts(long seed) throws IOException {
        try (Simulator simulator = flawless(seed)) {
            Caller caller = new Caller(simulator);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                texts.add(caller.write(BRIEF));
            }
            assertApart(texts);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Take a distinct angle: angle %d of 4.",
                "This is variation %d of 4, which must differ clearly from the others. Be as plain as you can.",
                "Distinct angle for this variation: number %d, unlike the others",
            })
    void fourAnglesOnOnePromptDifferInStructureAndShareAllFacts(String angle) throws IOException {
        try (Simulator simulator = flawless(1)) {
            Caller caller = new Caller(simulator);
            List<String> texts = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                texts.add(caller.write(BRIEF + "\n" + angle.formatted(i)));
            }
            assertApart(texts);
            assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("of 4"));
            assertThat(caller.write(BRIEF + "\n" + angle.formatted(1)))
                    .as("the same angle again")
                    .isEqualTo(texts.get(0));
        }
    }

    @Test
    void anAngleMayNameItsShape() throws IOException {
        try (Simulator simulator = flawless(1)) {
            Caller caller = new Caller(simulator);

            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: answer the questions people have")))
                    .containsExactly(Feature.QUESTIONS, Feature.TITLE);
            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: a personal letter")))
                    .containsExactly(Feature.SALUTATION);
            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: a comparison table")))
                    .containsExactly(Feature.TABLE, Feature.TITLE);
            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: step-by-step")))
                    .containsExactly(Feature.NUMBERED_STEPS, Feature.TITLE);
            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: the story behind it")))
                    .containsExactly(Feature.TITLE);
            assertThat(Feature.of(caller.write(BRIEF + "\nAngle: nothing but bullet points")))
                    .containsExactly(Feature.BULLETS, Feature.SUBHEADINGS, Feature.TITLE);
        }
    }

    @Test
    void aRetryAfterAFaultGetsTheTextTheFirstTryWouldHaveGot() throws IOException {
        String untroubled;
        try (Simulator simulator = flawless(9)) {
            untroubled = new Caller(simulator).write(BRIEF);
        }
        try (Simulator simulator = flawless(9)) {
            Caller caller = new Caller(simulator);
            caller.simulating(Fault.OVERLOADED).write(BRIEF);

            assertThat(caller.write(BRIEF)).isEqualTo(untroubled);
        }
    }

    private static void assertApart(List<String> texts) {
        assertThat(texts.stream().map(Feature::of).distinct()).hasSameSizeAs(texts);
        assertThat(texts).allSatisfy(text -> assertThat(text).contains(FACTS).doesNotContain("Keep it friendly"));
    }

    private static Simulator flawless(long seed) throws IOException {
        return Simulator.start(
                SimulatorOptions.defaults().flawless().toBuilder().seed(seed).build());
    }
}
