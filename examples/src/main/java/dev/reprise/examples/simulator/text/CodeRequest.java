package dev.reprise.examples.simulator.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt's wish for animation code, with the numbers it gives.
 *
 * @param fps frames per second; 30 when the prompt names none
 * @param seconds how long the animation lasts; 5 when the prompt does not say
 * @param width of a frame, in pixels, from the prompt's aspect ratio; 1920 otherwise
 * @param height of a frame, in pixels; 1080 otherwise
 */
record CodeRequest(int fps, double seconds, int width, int height) {

    private static final Pattern WANTED = Pattern.compile("(?i)\\b(?:remotion|animations?|animate|animated|fps|tsx"
            + "|frames per second|source code|(?<!(?:promo|discount|voucher|coupon|gift|zip|dress|qr|bar|post|colou?r)"
            + "[ -])code)\\b");
    private static final Pattern FPS = Pattern.compile("(?i)(\\d{1,3})\\s*(?:-\\s*)?(?:fps|frames per second)"
            + "|\\b(?:targetFps|fps|frame rate)\\W{1,4}(?:is\\s+)?(\\d{1,3})");
    private static final Pattern SECONDS = Pattern.compile("(?i)(\\d{1,4}(?:\\.\\d+)?)[ -]?(?:s|secs?|seconds?)\\b"
            + "|\\b(?:durationInSeconds|duration)\\W{1,4}(?:is\\s+)?(\\d{1,4}(?:\\.\\d+)?)");
    private static final Pattern RATIO = Pattern.compile("\\b(16:9|9:16|1:1|4:5|4:3)\\b");

    static Optional<CodeRequest> in(String prompt) {
        if (!WANTED.matcher(prompt).find()) {
            return Optional.empty();
        }
        CodeRequest request =
                new CodeRequest(fpsIn(prompt).orElse(30), secondsIn(prompt).orElse(5.0), 1920, 1080);
        return Optional.of(ratioIn(prompt).map(request::shaped).orElse(request));
    }

    static Optional<Integer> fpsIn(String text) {
        return number(FPS, text).map(Double::intValue).filter(fps -> fps > 0);
    }

    static Optional<Double> secondsIn(String text) {
        return number(SECONDS, text).filter(seconds -> seconds > 0);
    }

    static Optional<String> ratioIn(String text) {
        Matcher matcher = RATIO.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    CodeRequest shaped(String ratio) {
        return switch (ratio) {
            case "9:16" -> new CodeRequest(fps, seconds, 1080, 1920);
            case "1:1" -> new CodeRequest(fps, seconds, 1080, 1080);
            case "4:5" -> new CodeRequest(fps, seconds, 1080, 1350);
            case "4:3" -> new CodeRequest(fps, seconds, 1440, 1080);
            default -> new CodeRequest(fps, seconds, 1920, 1080);
        };
    }

    long durationInFrames() {
        return Math.max(1, Math.round(fps * seconds));
    }

    private static Optional<Double> number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(Double.valueOf(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
    }
}
