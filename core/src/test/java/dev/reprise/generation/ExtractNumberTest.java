package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A number from a text: found, overridden, defaulted, clamped, and what is derived from it. */
class ExtractNumberTest {

    private static final NumberExtractor ANY = OutputProcessors.extractNumber("fps", "fps\\s*=\\s*(\\S+)");
    private static final NumberExtractor FPS = OutputProcessors.extractNumber("fps", "fps\\s*=\\s*(\\d+)")
            .orElse(30)
            .clamp(15, 60)
            .derive("durationInFrames", "durationInSeconds", 10, BigDecimal::multiply);

    @Test
    void textStaysAsItIs() {
        assertThat(ANY.process("  fps = 24\n", Map.of()))
                .isEqualTo(ProcessedOutput.accepted("  fps = 24\n", Map.of("fps", "24")));
    }

    @Test
    void firstMatchCounts() {
        assertThat(fps("fps = 24; fps = 25", Map.of())).isEqualTo("24");
    }

    @ParameterizedTest
    @CsvSource({"1, 15", "14, 15", "15, 15", "16, 16", "59, 59", "60, 60", "61, 60", "120, 60", "99999999999, 60"})
    void foundNumberIsClamped(String found, String expected) {
        assertThat(fps("const fps = " + found + ";", Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"24, 24", "5, 15", "240, 60", "29.97, 29.97", "' 25 ', 25", "25.0, 25", "-1, 15", "3e1, 30"})
    void settingOverridesTheTextAndIsClampedAsWell(String setting, String expected) {
        assertThat(fps("fps = 50", Map.of("fps", setting))).isEqualTo(expected);
        assertThat(fps("no number", Map.of("fps", setting))).isEqualTo(expected);
    }

    @Test
    void defaultStandsInWhenNothingIsFound() {
        assertThat(fps("no number", Map.of())).isEqualTo("30");
        assertThat(ANY.orElse(12.5).process("fps = fast", Map.of()))
                .isEqualTo(ProcessedOutput.accepted("fps = fast", Map.of("fps", "12.5")));
    }

    @Test
    void textWithoutANumberIsARejectionWhenThereIsNoDefault() {
        assertThat(ANY.process("no number", Map.of())).isEqualTo(ProcessedOutput.rejected("no fps found"));
    }

    @Test
    void durationInFramesFollowsFromTheClampedNumber() {
        assertThat(metadata("fps = 24", Map.of())).isEqualTo(Map.of("fps", "24", "durationInFrames", "240"));
        assertThat(metadata("fps = 100", Map.of("durationInSeconds", "5")))
                .isEqualTo(Map.of("fps", "60", "durationInFrames", "300"));
        assertThat(metadata("fps = 24", Map.of("fps", "30", "durationInSeconds", "2")))
                .isEqualTo(Map.of("fps", "30", "durationInFrames", "60"));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 3", "0.11, 3", "0.116, 3", "0.117, 4", "0.15, 5", "1.5, 45"})
    void derivedValueIsRoundedHalfUpToWholeNumbers(String seconds, String frames) {
        assertThat(metadata("fps = 30", Map.of("durationInSeconds", seconds)))
                .containsEntry("durationInFrames", frames);
    }

    @Test
    void halfIsRoundedUp() {
        var half = ANY.derive("half", (fps, settings) -> fps.divide(BigDecimal.valueOf(2)));

        assertThat(half.process("fps = 25", Map.of()))
                .isEqualTo(ProcessedOutput.accepted("fps = 25", Map.of("fps", "25", "half", "13")));
    }

    @Test
    void severalValuesCanBeDerived() {
        var extractor = FPS.derive("double", (fps, settings) -> fps.add(fps))
                .derive("double", (fps, settings) -> fps.multiply(BigDecimal.valueOf(2)));

        assertThat(((ProcessedOutput.Accepted) extractor.process("fps = 20", Map.of())).metadata())
                .isEqualTo(Map.of("fps", "20", "durationInFrames", "200", "double", "40"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "", " ", "30fps", "0x1E", "NaN", "1e999999999", "1e-999999999"})
    void settingThatIsNoUsableNumberIsNamedBeforeAnythingIsStored(String setting) {
        assertThatThrownBy(() -> FPS.checkSettings(Map.of("fps", setting)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("settings.fps must be a number: " + setting);
        assertThat(FPS.process("fps = 24", Map.of("fps", setting))).isInstanceOf(ProcessedOutput.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "10s", "NaN", "1e999999999"})
    void settingOfADerivedValueThatIsNoUsableNumberIsNamedBeforeAnythingIsStored(String seconds) {
        assertThatThrownBy(() -> FPS.checkSettings(Map.of("durationInSeconds", seconds)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("settings.durationInSeconds must be a number: " + seconds);
        assertThat(FPS.process("fps = 24", Map.of("durationInSeconds", seconds)))
                .isEqualTo(ProcessedOutput.rejected("the setting durationInSeconds is not a number"));
    }

    @Test
    void derivedValueMayReadAnySettings() {
        var named = ANY.derive("next", (fps, settings) -> fps.add(new BigDecimal(settings.getOrDefault("step", "1"))));

        assertThat(((ProcessedOutput.Accepted) named.process("fps = 24", Map.of("step", "2"))).metadata())
                .containsEntry("next", "26");
    }

    @Test
    void usableSettingsAreNotComplainedAbout() {
        FPS.checkSettings(Map.of());
        FPS.checkSettings(Map.of("fps", "30", "aspectRatio", "16:9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "fast"})
    void foundTextThatIsNoUsableNumberCountsAsNotFound(String found) {
        assertThat(ANY.process("fps = " + found, Map.of())).isEqualTo(ProcessedOutput.rejected("no fps found"));
    }

    @Test
    void groupThatDidNotMatchCountsAsNotFound() {
        var optional = OutputProcessors.extractNumber("fps", "fps(?: = (\\d+))?");

        assertThat(optional.process("fps", Map.of())).isEqualTo(ProcessedOutput.rejected("no fps found"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.000, 0", "-0, 0", "24.00, 24", "1e2, 100", "0.10, 0.1", "-7.5, -7.5"})
    void numberIsWrittenPlainly(String found, String expected) {
        assertThat(ANY.process("fps = " + found, Map.of()))
                .isEqualTo(ProcessedOutput.accepted("fps = " + found, Map.of("fps", expected)));
    }

    @Test
    void badPatternIsRefused() {
        assertThatThrownBy(() -> OutputProcessors.extractNumber("fps", "fps = \\d+"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("pattern must have a group for the number: fps = \\d+");
        assertThatThrownBy(() -> OutputProcessors.extractNumber("fps", "fps = (\\d+"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("pattern must be a regular expression: fps = (\\d+");
    }

    @Test
    void badRangeIsRefused() {
        assertThatThrownBy(() -> ANY.clamp(60, 15))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("clamp must be a range: 60.0 to 15.0");
        assertThatThrownBy(() -> ANY.clamp(Double.NaN, 15))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("clamp must be a range: NaN to 15.0");
        assertThatThrownBy(() -> ANY.clamp(15, Double.POSITIVE_INFINITY))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("clamp must be a range: 15.0 to Infinity");
        assertThatThrownBy(() -> ANY.derive("x", "y", Double.NaN, BigDecimal::add))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("orElse must be a finite number: NaN");
        assertThatThrownBy(() -> ANY.orElse(Double.NaN))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("orElse must be a finite number: NaN");
    }

    @Test
    void extractorIsNotChangedByItsMethods() {
        ANY.orElse(30).clamp(15, 60).derive("x", (fps, settings) -> fps);

        assertThat(ANY.process("no number", Map.of())).isEqualTo(ProcessedOutput.rejected("no fps found"));
        assertThat(ANY.process("fps = 99", Map.of()))
                .isEqualTo(ProcessedOutput.accepted("fps = 99", Map.of("fps", "99")));
    }

    private static String fps(String text, Map<String, String> settings) {
        return metadata(text, settings).get("fps");
    }

    private static Map<String, String> metadata(String text, Map<String, String> settings) {
        return ((ProcessedOutput.Accepted) FPS.process(text, settings)).metadata();
    }
}
