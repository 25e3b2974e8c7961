package dev.reprise.examples.simulator.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes the constants of an animation's code: frames per second, duration, frame size, speed, colours.
 *
 * <p>The instruction stands as a comment at the top of the code it changed.
 */
record AdjustCode(String instruction) implements Change {

    private static final Pattern WANTED = Pattern.compile(
            "(?i)\\b(?:fps|frames? per second|seconds?|faster|slower|speed"
                    + "|slow|colou?rs?|palette|warmer tones|darker|brighter|aspect|16:9|9:16|1:1|4:5|4:3|code|motion)\\b");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^(export const (\\w+) = )([\\d.]+);$");
    private static final Pattern PALETTE = Pattern.compile("(?m)^const palette = .*$");

    static Optional<Change> in(String clause) {
        return WANTED.matcher(clause).find() ? Optional.of(new AdjustCode(clause)) : Optional.empty();
    }

    @Override
    public Passage applyTo(Passage text, Brief brief) {
        return text.mapCode(this::adjusted);
    }

    private String adjusted(String block) {
        double fps = constant(block, "fps", 30);
        double seconds = constant(block, "durationInFrames", 150) / fps;
        CodeRequest now = new CodeRequest(
                CodeRequest.fpsIn(instruction).orElse((int) fps),
                CodeRequest.secondsIn(instruction).orElse(seconds * pace()),
                (int) constant(block, "width", 1920),
                (int) constant(block, "height", 1080));
        CodeRequest shaped = CodeRequest.ratioIn(instruction).map(now::shaped).orElse(now);
        String changed = set(block, "fps", shaped.fps());
        changed = set(changed, "durationInFrames", shaped.durationInFrames());
        changed = set(changed, "width", shaped.width());
        changed = set(changed, "height", shaped.height());
        changed = palette(changed);
        return changed.replaceFirst("\n", Matcher.quoteReplacement("\n// Changed: " + instruction + "\n"));
    }

    private double pace() {
        if (instruction.matches("(?i).*\\b(?:slower|slow)\\b.*")) {
            return 1.5;
        }
        return instruction.matches("(?i).*\\b(?:faster|speed)\\b.*") ? 0.75 : 1;
    }

    private String palette(String block) {
        if (!instruction.matches("(?i).*\\b(?:colou?rs?|palette|tones|darker|brighter)\\b.*")) {
            return block;
        }
        Palette palette = instruction.matches("(?i).*\\b(?:warm\\w*|autumn|sun\\w*|red\\w*|orange)\\b.*")
                ? Palette.WARM
                : instruction.matches("(?i).*\\b(?:dark\\w*|night)\\b.*")
                        ? Palette.NIGHT
                        : instruction.matches("(?i).*\\b(?:green\\w*|forest|natur\\w*)\\b.*")
                                ? Palette.FOREST
                                : Palette.COOL;
        return PALETTE.matcher(block)
                .replaceAll("const palette = ['%s', '%s', '%s']; // %s"
                        .formatted(palette.ground(), palette.accent(), palette.ink(), palette.name()));
    }

    private static double constant(String block, String name, double otherwise) {
        Matcher matcher = CONSTANT.matcher(block);
        while (matcher.find()) {
            if (matcher.group(2).equals(name)) {
                return Double.parseDouble(matcher.group(3));
            }
        }
        return otherwise;
    }

    private static String set(String block, String name, long value) {
        return CONSTANT.matcher(block)
                .replaceAll(found -> found.group(2).equals(name)
                        ? Matcher.quoteReplacement(found.group(1) + value + ";")
                        : Matcher.quoteReplacement(found.group()));
    }
}
