package dev.reprise.examples.variations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import dev.reprise.examples.simulator.Simulator;
import dev.reprise.examples.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJobTest {

    private static final List<String> FACTS_OF_THE_SHIPPED_BRIEF = List.of(
            "The night ferry to Marholm",
            "Kerrow to Marholm",
            "22:15",
            "07:30",
            "38 EUR",
            "Bicycles travel free",
            "Step-free from the quay to every deck",
            "05:45");

    @TempDir
    private Path folder;

    @Test
    void faultsAreRetriedAndEverythingIsThereInTheEnd() throws IOException {
        var ran = run("--latency", "20ms");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.lines()).first().isEqualTo("Brief     The night ferry to Marholm (the one that ships)");
        assertThat(ran.out())
                .contains("that fails 20 % of requests on purpose")
                .containsPattern("variation [1-4] +attempt 1 failed: .+; again in \\d\\.\\d s")
                .containsPattern(
                        "variation 1 of the brief\\R +\\d\\.\\d s, \\d attempts?, \\d+ tokens in, \\d+ out\\R +attempt 1 ")
                .contains("2. refinement: \"Make it warmer.\"", "3. refinement: \"Make it shorter.\"")
                .containsPattern("In all 6 of 6 generations succeeded, in 9 attempts of which 3 failed; ")
                .contains("Written to " + folder.toAbsolutePath() + ": variation-1.md");
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "variation-1.md",
                        "variation-2.md",
                        "variation-3.md",
                        "variation-4.md",
                        "refinement-1.md",
                        "refinement-2.md",
                        "chain.md");
    }

    @Test
    void variationsDifferInStructureAndShareTheFacts() throws IOException {
        assertThat(run("--fault-rate", "0", "--latency", "0s").exitCode()).isZero();

        var variations = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> read("variation-" + i + ".md"))
                .toList();
        assertThat(variations)
                .allSatisfy(text -> assertThat(text.replace("**", "")).contains(FACTS_OF_THE_SHIPPED_BRIEF));
        assertThat(variations.stream().map(MainJobTest::structure).distinct()).hasSize(4);
    }

    @Test
    void eachStepOfTheChainShowsWhatItWasAskedFor() throws IOException {
        var ran = run(
                "--fault-rate",
                "0",
                "--latency",
                "0s",
                "--refine",
                "Mention that dogs sleep free.",
                "--refine",
                "Add a section about bicycles.");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.lines().stream().map(String::strip))
                .anyMatch(line -> line.startsWith("+ ") && line.contains("dogs sleep free"))
                .contains("+ ## Bicycles");
        assertThat(read("chain.md"))
                .contains("## 2. refinement: \"Mention that dogs sleep free.\"")
                .contains("## 3. refinement: \"Add a section about bicycles.\"")
                .containsPattern("\\+ .*dogs sleep free")
                .contains("\n+ ## Bicycles\n")
                .contains("| attempt | took | outcome | waited afterwards |\n|---|---|---|---|\n| 1 | ");
        assertThat(read("refinement-2.md")).contains("dogs sleep free", "## Bicycles");
    }

    @Test
    void anotherBriefCanBeGiven() throws IOException {
        var brief = folder.resolve("lamp.md");
        Files.writeString(brief, "# A lamp\n\n- It folds flat\n- It costs 49 EUR\n");

        var ran = run("--fault-rate", "0", "--latency", "0s", brief.toString());

        assertThat(ran.lines()).first().isEqualTo("Brief     A lamp (" + brief + ")");
        assertThat(read("variation-3.md")).contains("49 EUR");
    }

    @Test
    void plainLinesHaveNoEscapesAndATerminalHasThem() {
        var words = new String[] {"--fault-rate", "0", "--latency", "0s", "--out", folder.toString()};
        var plain = Stream.concat(Stream.of("--plain"), Stream.of(words)).toArray(String[]::new);

        assertThat(Ran.of(words).out()).doesNotContain("\u001b");
        assertThat(Ran.onTerminal(Map.of(), plain).out()).doesNotContain("\u001b");
        assertThat(Ran.onTerminal(Map.of("COLUMNS", "40"), words).out())
                .contains("\u001b[4A\r\u001b[2K")
                .containsPattern("\u001b\\[32m  variation 4   done .+\\.\\.\\.\u001b\\[0m");
    }

    @Test
    void aKeyLeadsToTheServiceAndIsShownNowhere() throws IOException {
        try (var gateway = Simulator.start(SimulatorOptions.defaults().flawless())) {
            for (var environment : List.of(
                    Map.of(
                            "ANTHROPIC_API_KEY", "sk-very-secret",
                            "ANTHROPIC_BASE_URL", gateway.anthropicBaseUrl(),
                            "ANTHROPIC_MODEL", "some-model"),
                    Map.of(
                            "OPENROUTER_API_KEY", "sk-very-secret",
                            "OPENROUTER_BASE_URL", gateway.openAiBaseUrl(),
                            "OPENROUTER_MODEL", "some-model"),
                    Map.of(
                            "OPENAI_API_KEY",
                            "sk-very-secret",
                            "OPENAI_BASE_URL",
                            gateway.openAiBaseUrl(),
                            "OPENAI_MODEL",
                            "some-model"))) {
                long before = gateway.counts().answered();
                var ran = Ran.in(environment, "", "--out", folder.toString());

                assertThat(ran.err()).isEmpty();
                assertThat(ran.exitCode()).isZero();
                assertThat(ran.out()).contains(", model some-model").doesNotContain("very-secret");
                assertThat(gateway.counts().answered() - before).isEqualTo(6);
                assertThat(read("chain.md")).doesNotContain("very-secret");
            }
        }
    }

    @Test
    void whatCannotBeMadeIsSaidAndEndsInAFailure() throws IOException {
        try (var gateway = Simulator.start(SimulatorOptions.defaults().flawless())) {
            var ran = Ran.in(
                    Map.of(
                            "ANTHROPIC_API_KEY", "sk-very-secret",
                            "ANTHROPIC_BASE_URL", gateway.anthropicBaseUrl() + "/nowhere",
                            "ANTHROPIC_MODEL", "some-model"),
                    "",
                    "--out",
                    folder.toString());

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.out()).contains("In all 0 of 4 generations succeeded, in 4 attempts of which 4 failed; ");
            assertThat(ran.err())
                    .contains("The AI service could not accept this request. Please change it and try again. (HTTP 404")
                    .endsWith("Not everything could be made." + System.lineSeparator())
                    .doesNotContain("very-secret");
            assertThat(read("variation-1.md")).startsWith("The AI service could not accept this request.");
            assertThat(read("chain.md")).contains("No variation succeeded, so nothing was refined.");
        }
    }

    private Ran run(String... words) {
        return Ran.of(Stream.concat(Stream.of("--out", folder.toString()), Stream.of(words))
                .toArray(String[]::new));
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** What a reader sees at a glance: which kinds of lines there are. */
    private static Set<String> structure(String text) {
        var kinds = new TreeSet<String>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            if (line.matches("#+ .*")) {
                kinds.add(line.replaceFirst(" .*", line.endsWith("?") ? " question" : ""));
            } else if (line.startsWith("- ")) {
                kinds.add("bullet");
            } else if (line.matches("\\d+\\. .*")) {
                kinds.add("step");
            } else if (line.startsWith("|")) {
                kinds.add("row");
            } else {
                kinds.add(line.startsWith("Dear ") ? "salutation" : "prose");
            }
        });
        return kinds;
    }
}
