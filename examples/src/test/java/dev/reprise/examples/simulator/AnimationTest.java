package dev.reprise.examples.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnimationTest {

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

    @Test
    void codeHasTheNumbersOfThePrompt() throws IOException {
        assertThat(caller.write("Make a 10 second Remotion animation at 24 fps of a bouncing ball, 9:16."))
                .containsOnlyOnce("```tsx\n")
                .contains("export const fps = 24;\n", "export const durationInFrames = 240;\n")
                .contains("export const width = 1080;\n", "export const height = 1920;\n")
                .contains("bouncing ball")
                .endsWith("\n```");
    }

    @Test
    void settingsMayStandAsKeysAndValues() throws IOException {
        assertThat(caller.write("Animate a kite.\nfps: 60\ndurationInSeconds: 2.5\naspectRatio: 1:1"))
                .contains("fps = 60;", "durationInFrames = 150;", "width = 1080;", "height = 1080;");
    }

    @Test
    void variationsMoveDifferently() throws IOException {
        String prompt = "Animate a kite over the sea";

        assertThat(motion(caller.write(prompt))).isNotEqualTo(motion(caller.write(prompt)));
    }

    @Test
    void refinementChangesTheConstantsAndNothingElseInTheCode() throws IOException {
        String prompt = "Make a 10 second animation at 24 fps of a bouncing ball";
        String parent = caller.write(prompt);

        assertThat(caller.write(prompt, parent, "Use 30 fps"))
                .contains("// Changed: Use 30 fps", "fps = 30;", "durationInFrames = 300;")
                .contains(motion(parent));
        assertThat(caller.write(prompt, parent, "make it slower")).contains("fps = 24;", "durationInFrames = 360;");
        assertThat(caller.write(prompt, parent, "warmer colours")).contains("// WARM", "## Warmer colours");
    }

    @Test
    void aDiscountCodeIsNoCode() throws IOException {
        assertThat(caller.write("Write an e-mail.\nDiscount code: SUMMER")).doesNotContain("```");
    }

    private static String motion(String text) {
        return text.lines()
                .filter(line -> line.contains("const motion"))
                .findFirst()
                .orElseThrow();
    }
}
