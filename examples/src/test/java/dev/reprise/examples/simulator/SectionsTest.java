package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionsTest {

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

    @ParameterizedTest
    @CsvSource({"<<<,>>>", "[[,]]", "===,===", "@@@,@@@", "%%%,%%%"})
    void markersStandBeforeTheirSections(String open, String close) throws IOException {
        String cover = open + "SECTION a1b2c3d4 cover" + close;
        String chapter = open + "SECTION a1b2c3d4 chapter_1" + close;
        String text = caller.write("Write about the lamp. Begin each section with its line:\n" + cover + "\n" + chapter
                + "\n\nPrice: 49 EUR");

        assertThat(text.lines().filter(line -> line.equals(cover) || line.equals(chapter)))
                .containsExactly(cover, chapter);
        assertThat(text.substring(text.indexOf(chapter))).contains("## Chapter 1", "49 EUR");
    }

    @Test
    void separatorStandsBetweenTheListedSections() throws IOException {
        String text = caller.write("""
                # Bread at home
                Price: 9 EUR
                Write these sections, with ===SECTION_BREAK=== between them:
                1. Cover
                2. Chapter one
                3. Call to action
                """);

        assertThat(text.split("\n===SECTION_BREAK===\n"))
                .hasSize(3)
                .allSatisfy(section -> assertThat(section).contains("9 EUR", "Bread at home"));
    }

    @Test
    void countOfSectionsIsEnoughForASeparator() throws IOException {
        assertThat(caller.write("Write 5 sections on bread, separated by ===SECTION_BREAK===")
                        .split("===SECTION_BREAK==="))
                .hasSize(5);
    }

    @Test
    void endMarkersStayEmpty() throws IOException {
        assertThat(caller.write("Price: 9 EUR\n<<<a1b2c3d4 cover>>>\n<<<END a1b2c3d4>>>"))
                .endsWith("<<<END a1b2c3d4>>>");
    }
}
