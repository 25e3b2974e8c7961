package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.provider.wire.FactTable.Fact;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of facts about providers: each line has a source. */
class FactTableTest {

    @ParameterizedTest
    @ValueSource(strings = {StopWords.FILE, ErrorMeanings.FILE})
    void everyLineHasASourceAndADate(String file) {
        assertThat(FactTable.read(file)).isNotEmpty();
    }

    @Test
    void lineWithoutASourceOrADateFails() {
        assertThatThrownBy(() -> FactTable.parse("t", "# remark\nA | stop | END | hearsay | 2026-11-28"))
                .hasMessage("t:2 has no source: hearsay");
        assertThatThrownBy(() -> FactTable.parse("t", "A | stop | END | 2026-11-28"))
                .hasMessage("t:1 has 4 columns instead of 5");
        assertThatThrownBy(() -> FactTable.parse("t", "A | stop | END | https://a.example/b | lately"))
                .hasMessage("t:1 has no date: lately");
    }

    @Test
    void atLeastTwelveProvidersStandInTheTables() {
        assertThat(Stream.of(StopWords.FILE, ErrorMeanings.FILE)
                        .flatMap(file -> FactTable.read(file).stream())
                        .map(Fact::provider)
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThanOrEqualTo(12)
                .contains(
                        "OpenAI",
                        "Anthropic",
                        "OpenRouter",
                        "vLLM",
                        "Ollama",
                        "Gemini",
                        "DeepSeek",
                        "Mistral",
                        "Groq",
                        "Together",
                        "Fireworks",
                        "xAI",
                        "Azure",
                        "Cohere",
                        "Perplexity");
    }
}
