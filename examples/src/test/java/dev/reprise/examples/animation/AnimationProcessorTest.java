package dev.reprise.examples.animation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.ProcessedOutput;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnimationProcessorTest {

    private final AnimationProcessor processor = new AnimationProcessor();

    @ParameterizedTest
    @CsvSource({
        // in the code, setting fps, setting durationInSeconds, fps, frames
        "export const fps = 24;, , 8, 24, 192",
        "fps={25}, , , 25, 250",
        "fps: 120, , 8, 60, 480",
        "fps = 8, , 8, 15, 120",
        "no number here, , 2.5, 30, 75",
        "fps = 24, 50, 8, 50, 400",
        "fps = 24, 90, 8, 60, 480",
        "const fps = 29.97, , 10, 29.97, 300"
    })
    void numbersAreFoundClampedAndOverridden(String code, String fps, String seconds, String foundFps, String frames) {
        var settings = new HashMap<String, String>();
        if (fps != null) {
            settings.put("fps", fps);
        }
        if (seconds != null) {
            settings.put("durationInSeconds", seconds);
        }

        assertThat(processor.process("Here you are:\n```tsx\n" + code + "\n```\nEnjoy!", settings))
                .isEqualTo(ProcessedOutput.accepted(code, Map.of("fps", foundFps, "durationInFrames", frames)));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "long"})
    void aDurationThatIsNoneIsRefusedBeforeAnythingIsStored(String seconds) {
        assertThatThrownBy(() -> processor.checkSettings(Map.of("durationInSeconds", seconds)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("settings.durationInSeconds must be a positive number: " + seconds);
    }

    @Test
    void codeThatIsCutOffIsRejected() {
        assertThat(processor.process("```tsx\nfps = 24", Map.of()))
                .isEqualTo(ProcessedOutput.rejected("the code fence is never closed"));
    }
}
