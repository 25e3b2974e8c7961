package dev.reprise.examples.simulator.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hint that one of several answers to the same prompt is to go its own way, such as "Take a distinct angle: ..." or
 * "Variation 2 of 4".
 */
record Angle(String hint) {

    private static final Pattern HINT = Pattern.compile("(?im)[^\\n.!?]*(?:"
            + "\\b(?:distinct|different|own|unique|creative|fresh|this|following)\\s+angle\\b"
            + "|^\\W*(?:your\\s+)?angle\\b"
            + "|\\bvariation\\s+#?\\d+\\s*(?:of|/)\\s*\\d+"
            + ")[^\\n]*");
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:angle|variation)\\D{0,20}?(\\d{1,9})");

    static Optional<Angle> in(String text) {
        Matcher matcher = HINT.matcher(text);
        return matcher.find() ? Optional.of(new Angle(matcher.group().strip())) : Optional.empty();
    }

    /** The text with every such hint left out. */
    static String without(String text) {
        return HINT.matcher(text).replaceAll("");
    }

    /** The place in {@link Shape#ALL} this hint would like best: of a shape it names, by its number, or by its hash. */
    long preferred(long base) {
        Optional<Shape> named = Shape.namedIn(hint);
        if (named.isPresent()) {
            return named.get().place();
        }
        Matcher number = NUMBER.matcher(hint);
        return number.find() ? base + Long.parseLong(number.group(1)) : StableHash.index(Shape.ALL.size(), hint);
    }
}
