package dev.reprise.examples.animation;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.OutputProcessor;
import dev.reprise.generation.OutputProcessors;
import dev.reprise.generation.ProcessedOutput;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Takes an animation's code out of its fence and finds out its numbers.
 *
 * <p>{@code fps} is the request's setting of that name, else what the code says, else 30; never below 15 or above 60.
 * {@code durationInFrames} follows from it and from the setting {@code durationInSeconds}, 10 when there is none.
 */
final class AnimationProcessor implements OutputProcessor {

    static final String NAME = "animation";
    static final String FPS = "fps";
    static final String SECONDS = "durationInSeconds";
    static final String FRAMES = "durationInFrames";

    private static final String DEFAULT_SECONDS = "10";

    private final OutputProcessor steps = OutputProcessors.stripFence()
            .then(OutputProcessors.extractNumber(FPS, "\\bfps\\s*[=:]\\s*\\{?(\\d+(?:\\.\\d+)?)")
                    .orElse(30)
                    .clamp(15, 60)
                    .derive(FRAMES, (fps, settings) -> fps.multiply(seconds(settings))));

    @Override
    public ProcessedOutput process(String text, Map<String, String> settings) {
        return steps.process(text, settings);
    }

    /** Refuses a duration that is none before anything is stored or paid for. */
    @Override
    public void checkSettings(Map<String, String> settings) {
        steps.checkSettings(settings);
        seconds(settings);
    }

    private static BigDecimal seconds(Map<String, String> settings) {
        var text = settings.getOrDefault(SECONDS, DEFAULT_SECONDS);
        try {
            var seconds = new BigDecimal(text);
            if (seconds.signum() > 0) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number that is not positive.
        }
        throw new InvalidRequestException("settings." + SECONDS, text, "must be a positive number");
    }
}
