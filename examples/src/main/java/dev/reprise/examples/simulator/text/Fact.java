package dev.reprise.examples.simulator.text;

import java.util.regex.Pattern;

/**
 * One thing a brief says and every text made from it repeats word for word.
 *
 * @param label what the fact is about ("Price"); empty when the brief gave none
 * @param text the fact itself, without a full stop
 */
record Fact(String label, String text) {

    private static final Pattern SUBJECT =
            Pattern.compile("(?:It|The|This|That|There|They|We|You|He|She|Each|Every|All|No|One)\\b");

    Fact {
        label = label.strip();
        text = Sentences.open(text);
    }

    static Fact of(String text) {
        return new Fact("", text);
    }

    boolean labelled() {
        return !label.isEmpty();
    }

    /** The label as it stands inside a sentence: "the price". */
    String subject() {
        return "the " + Sentences.uncapitalised(label);
    }

    /** The fact as a sentence; {@code leadIn} opens it where the fact is no sentence of its own. */
    String sentence(String leadIn) {
        if (labelled()) {
            return Sentences.capitalised(subject()) + verb() + text + ".";
        }
        return readsAlone() ? Sentences.closed(text) : leadIn + ": " + Sentences.closed(text);
    }

    String verb() {
        return label.matches("(?i).*[^s]s") ? " are " : " is ";
    }

    private boolean readsAlone() {
        return !text.isEmpty()
                && Character.isUpperCase(text.codePointAt(0))
                && (SUBJECT.matcher(text).lookingAt() || text.split("\\s+").length > 5);
    }
}
