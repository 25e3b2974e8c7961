package dev.reprise.examples.simulator.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BriefParserTest {

    @Test
    void readsTitleHeadingsBulletsLabelsAndSentences() {
        Brief brief = BriefParser.parse("""
                Write a page. Keep it short.
                # Solstice Lamp
                Price: 49 EUR
                It weighs 1.5 kg. It folds.
                ## Features
                - oak frame
                2. **Weight:** 400 g
                Readers:
                * children
                """);

        assertThat(brief.title()).isEqualTo("Solstice Lamp");
        assertThat(brief.topics()).extracting(Topic::heading).containsExactly("", "Features", "Readers");
        assertThat(brief.facts())
                .containsExactly(
                        new Fact("Price", "49 EUR"),
                        Fact.of("It weighs 1.5 kg"),
                        Fact.of("It folds"),
                        Fact.of("oak frame"),
                        new Fact("Weight", "400 g"),
                        Fact.of("children"));
    }

    @Test
    void aPromptWithoutABriefIsItsOwn() {
        Brief brief = BriefParser.parse("Please write a poem about a rainy harbour at dawn.");

        assertThat(brief.title()).isEqualTo("A rainy harbour at dawn");
        assertThat(brief.facts()).containsExactly(Fact.of("a poem about a rainy harbour at dawn"));
    }

    @Test
    void nothingIsABriefToo() {
        assertThat(BriefParser.parse("").facts()).containsExactly(Fact.of("Nothing was asked for"));
        assertThat(BriefParser.parse("?!").facts()).hasSize(1);
        assertThat(BriefParser.parse("- \n#\n:").facts()).hasSize(1);
    }

    @Test
    void readsItsOwnTablesAgain() {
        Brief brief = BriefParser.parse("# Lamp\nPrice: 49 EUR\n- oak frame");

        assertThat(BriefParser.parse(new FactTable().write(brief, 1)).facts()).containsAll(brief.facts());
    }
}
