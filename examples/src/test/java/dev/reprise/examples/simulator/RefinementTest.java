package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefinementTest {

    private Simulator simulator;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().flawless());
        caller = new Caller(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** What the child has and its parent had not, and the other way round, line by line. */
    private record Diff(List<String> added, List<String> removed) {

        static Diff of(String parent, String child) {
            List<String> before = parent.lines().filter(line -> !line.isBlank()).toList();
            List<String> after = child.lines().filter(line -> !line.isBlank()).toList();
            return new Diff(
                    after.stream().filter(line -> !before.contains(line)).toList(),
                    before.stream().filter(line -> !after.contains(line)).toList());
        }
    }

    enum Angle {
        STORY,
        QUESTIONS,
        BULLETS,
        STEPS,
        LETTER,
        TABLE
    }

    @ParameterizedTest
    @EnumSource
    void shorterIsShorterInEveryShape(Angle angle) throws IOException {
        String parent = parent(angle);
        String child = refined(parent, "Make it shorter");

        assertThat(child.length()).isLessThanOrEqualTo(parent.length() * 4 / 5);
        assertThat(child.lines().findFirst()).isEqualTo(parent.lines().findFirst());
        assertThat(Diff.of(parent, child).removed()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void longerAddsDetailInEveryShape(Angle angle) throws IOException {
        String parent = parent(angle);
        Diff diff = Diff.of(parent, refined(parent, "Longer, please"));

        assertThat(diff.removed()).isEmpty();
        assertThat(diff.added()).hasSizeGreaterThan(4).contains("## In more detail");
        assertThat(String.join("\n", diff.added())).contains(VariationsTest.FACTS);
    }

    @ParameterizedTest
    @CsvSource({
        "make it warmer, How lovely that you are here, warmest wishes",
        "use a more formal tone, submitted for your kind consideration, at your disposal",
        "more playful, Psst!, That's all"
    })
    void toneChangesOpeningAndClosingAndWords(String instruction, String opening, String closing) throws IOException {
        for (Angle angle : Angle.values()) {
            String parent = parent(angle);
            List<String> added = Diff.of(parent, refined(parent, instruction)).added();

            assertThat(added).anyMatch(line -> line.contains(opening)).anyMatch(line -> line.contains(closing));
        }
        assertThat(refined(parent(Angle.LETTER), instruction)).doesNotContain("Dear reader,", "Yours sincerely,");
    }

    @ParameterizedTest
    @EnumSource
    void addAppendsASectionAboutIt(Angle angle) throws IOException {
        String parent = parent(angle);
        Diff diff = Diff.of(parent, refined(parent, "Add a section about shipping and returns"));

        assertThat(diff.removed()).isEmpty();
        assertThat(diff.added()).hasSize(2).first().isEqualTo("## Shipping and returns");
    }

    @Test
    void addedSectionSaysWhatTheBriefSays() throws IOException {
        assertThat(Diff.of(parent(Angle.STORY), refined(parent(Angle.STORY), "add something on the guarantee"))
                        .added())
                .last()
                .asString()
                .contains("It comes with a ten year guarantee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title it \"Light at Dusk\"",
                "Change the title to Light at Dusk.",
                "Rename it to “Light at Dusk”",
                "call it Light at Dusk"
            })
    void titleRenames(String instruction) throws IOException {
        String parent = parent(Angle.BULLETS);
        Diff diff = Diff.of(parent, refined(parent, instruction));

        assertThat(diff.added()).containsExactly("# Light at Dusk");
        assertThat(diff.removed()).containsExactly("# Solstice Lamp: fact sheet");
    }

    @Test
    void asBulletPointsKeepsWhatTheTextSays() throws IOException {
        String parent = parent(Angle.STORY);
        String child = refined(parent, "Give me that as bullet points");

        assertThat(child.lines().filter(line -> line.startsWith("- "))).hasSizeGreaterThan(6);
        assertThat(child).contains(VariationsTest.FACTS).contains("Solstice Lamp: fact sheet");
        assertThat(parent).doesNotContain("\n- ");
    }

    @ParameterizedTest
    @EnumSource
    void mentionSaysIt(Angle angle) throws IOException {
        String parent = parent(angle);
        Diff diff = Diff.of(parent, refined(parent, "Please mention that it ships free"));

        assertThat(diff.added()).singleElement().asString().contains("it ships free.");
    }

    @Test
    void anythingElseIsTakenUpInASectionOfItsOwn() throws IOException {
        String parent = parent(Angle.STORY);
        Diff diff = Diff.of(parent, refined(parent, "warmer colours"));

        assertThat(diff.removed()).isEmpty();
        assertThat(diff.added()).first().isEqualTo("## Warmer colours");
        assertThat(diff.added()).last().asString().contains("warmer, colours").contains("amber, terracotta");
    }

    @Test
    void severalInstructionsAreAllFollowed() throws IOException {
        String parent = parent(Angle.STORY);
        String child = refined(parent, "Title it \"Dusk\", make it warmer and add a note on care. Mention the oak");

        assertThat(child)
                .startsWith("# Dusk\n")
                .contains("How lovely that you are here")
                .contains("## Care")
                .contains("go unsaid: the oak.");
    }

    @Test
    void eachRefinementBuildsOnTheOneBefore() throws IOException {
        String first = refined(parent(Angle.STORY), "Add a section about care");
        String second =
                caller.write(VariationsTest.BRIEF, "older", "Add a section about care", first, "make it warmer");

        assertThat(second).contains("## Care").contains("How lovely that you are here");
    }

    @Test
    void variationsOfOneRefinementDifferAndAllFollowIt() throws IOException {
        String parent = parent(Angle.STORY);
        List<String> children = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            children.add(refined(
                    parent, "Add a section about care\n\nThis is variation " + i + " of 4, unlike the others."));
        }

        assertThat(children)
                .doesNotHaveDuplicates()
                .allSatisfy(child -> assertThat(child)
                        .contains("## Care\n")
                        .contains(VariationsTest.FACTS)
                        .doesNotContain("of 4"));
    }

    private String parent(Angle angle) throws IOException {
        return caller.write(VariationsTest.BRIEF + "\nAngle: " + angle);
    }

    private String refined(String parent, String instruction) throws IOException {
        String child = caller.write(VariationsTest.BRIEF, parent, instruction);
        assertThat(child).isNotEqualTo(parent);
        return child;
    }
}
