package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.reprise.failure.InvalidRequestException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model may write to keep the library's own processors busy. */
class HostileTextTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String MILLION = "9".repeat(1_000_000);
    private static final NumberExtractor NUMBER = OutputProcessors.extractNumber("fps", "fps=(\\d+)");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a number of a million digits", NUMBER, "fps=" + MILLION),
                Arguments.of("JSON with such a number", OutputProcessors.requireJson(), "[" + MILLION + "]"),
                Arguments.of(
                        "JSON with thirty million blanks",
                        OutputProcessors.requireJson(),
                        "[" + " ".repeat(30_000_000) + "]"),
                Arguments.of(
                        "JSON with a name that is repeated",
                        OutputProcessors.requireJson(),
                        "{" + "\"a\":1,".repeat(1_000_000) + "}"),
                Arguments.of(
                        "a million backticks that open nothing",
                        OutputProcessors.stripFence(),
                        "`".repeat(1_000_000) + "x`\n"),
                Arguments.of(
                        "a fence of a million backticks, nearly closed",
                        OutputProcessors.stripFence(),
                        "`".repeat(1_000_000) + "\n" + "`".repeat(999_999)),
                Arguments.of(
                        "a fence with a million lines of blanks",
                        OutputProcessors.stripFence(),
                        "```\n" + "```  \t x\n".repeat(1_000_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void textIsAnsweredAtOnce(String name, OutputProcessor processor, String text) {
        assertTimeoutPreemptively(
                SOON, () -> assertThat(processor.process(text, Map.of())).isNotNull());
    }

    @Test
    void numberOfAMillionDigitsCountsAsNoneAndTheDefaultHolds() {
        assertThat(NUMBER.orElse(30).process("fps=" + MILLION, Map.of()))
                .isEqualTo(ProcessedOutput.accepted("fps=" + MILLION, Map.of("fps", "30")));
    }

    @Test
    void settingOfTooManyDigitsIsRefusedBeforeAnythingIsStored() {
        assertThatThrownBy(() -> NUMBER.checkSettings(Map.of("fps", MILLION)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("settings.fps must be a number");
    }

    @Test
    void patternThatTriesForEverEndsWhenItsThreadIsInterrupted() throws Exception {
        var slow = OutputProcessors.extractNumber("n", "(x+x+)+y");
        var stopped = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                slow.process("x".repeat(5_000), Map.of());
            } catch (CancellationException e) {
                stopped.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();

        thread.interrupt();

        assertThat(stopped.get(20, TimeUnit.SECONDS))
                .hasMessageContaining("interrupted while a pattern was looked for");
    }
}
