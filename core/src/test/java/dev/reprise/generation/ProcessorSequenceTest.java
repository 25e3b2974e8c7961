package dev.reprise.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One processor, then another on its output. */
class ProcessorSequenceTest {

    private static final OutputProcessor UPPER = (text, settings) ->
            ProcessedOutput.accepted(text.toUpperCase(Locale.ROOT), Map.of("by", "upper", "upper", "yes"));
    private static final OutputProcessor EXCLAIM =
            (text, settings) -> ProcessedOutput.accepted(text + "!", Map.of("by", "exclaim", "exclaim", "yes"));
    private static final OutputProcessor REJECT = (text, settings) -> ProcessedOutput.rejected("not " + text);

    @Test
    void secondWorksOnTheOutputOfTheFirst() {
        assertThat(output(UPPER.then(EXCLAIM))).isEqualTo("A!");
        assertThat(output(EXCLAIM.then(UPPER))).isEqualTo("A!");
        assertThat(output(EXCLAIM.then(EXCLAIM).then(EXCLAIM))).isEqualTo("a!!!");
    }

    @Test
    void metadataIsMergedTheLaterOnTop() {
        assertThat(metadata(UPPER.then(EXCLAIM))).isEqualTo(Map.of("by", "exclaim", "upper", "yes", "exclaim", "yes"));
        assertThat(metadata(EXCLAIM.then(UPPER))).containsEntry("by", "upper");
        assertThat(metadata(UPPER.then(OutputProcessors.none()))).isEqualTo(Map.of("by", "upper", "upper", "yes"));
    }

    @Test
    void rejectionEndsTheSequence() {
        assertThat(REJECT.then(UPPER).process("a", Map.of())).isEqualTo(ProcessedOutput.rejected("not a"));
        assertThat(UPPER.then(REJECT).process("a", Map.of())).isEqualTo(ProcessedOutput.rejected("not A"));

        var called = new ArrayList<String>();
        OutputProcessor recording = (text, settings) -> {
            called.add(text);
            return ProcessedOutput.accepted(text);
        };
        REJECT.then(recording).process("a", Map.of());
        assertThat(called).isEmpty();
    }

    @Test
    void bothSeeTheSettings() {
        OutputProcessor suffix =
                (text, settings) -> ProcessedOutput.accepted(text + settings.getOrDefault("suffix", "?"));

        assertThat(suffix.then(suffix).process("a", Map.of("suffix", "-x")))
                .isEqualTo(ProcessedOutput.accepted("a-x-x"));
    }

    @Test
    void bothCheckTheSettings() {
        var first = OutputProcessors.extractNumber("fps", "(\\d+)");
        var second = OutputProcessors.extractNumber("width", "(\\d+)");

        assertThatThrownBy(() -> first.then(second).checkSettings(Map.of("fps", "x")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("settings.fps must be a number: x");
        assertThatThrownBy(() -> first.then(second).checkSettings(Map.of("width", "x")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("settings.width must be a number: x");
        first.then(second).checkSettings(Map.of("height", "x"));
    }

    @Test
    void animationCodeIsUnfencedAndMeasured() {
        var processor = OutputProcessors.stripFence()
                .then(OutputProcessors.extractNumber("fps", "fps\\s*=\\s*(\\d+)")
                        .clamp(15, 60));

        assertThat(processor.process("Here:\n```js\nconst fps = 240;\n```", Map.of()))
                .isEqualTo(ProcessedOutput.accepted("const fps = 240;", Map.of("fps", "60")));
    }

    @Test
    void noneLeavesTheTextAlone() {
        assertThat(OutputProcessors.none().process(" a ", Map.of())).isEqualTo(ProcessedOutput.accepted(" a "));
    }

    @Test
    void metadataCannotBeChangedFromOutside() {
        var given = new HashMap<>(Map.of("a", "1"));
        var accepted = (ProcessedOutput.Accepted) ProcessedOutput.accepted("x", given);

        given.put("b", "2");

        assertThat(accepted.metadata()).isEqualTo(Map.of("a", "1"));
        assertThatThrownBy(() -> accepted.metadata().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static String output(OutputProcessor processor) {
        return ((ProcessedOutput.Accepted) processor.process("a", Map.of())).output();
    }

    private static Map<String, String> metadata(OutputProcessor processor) {
        return ((ProcessedOutput.Accepted) processor.process("a", Map.of())).metadata();
    }
}
