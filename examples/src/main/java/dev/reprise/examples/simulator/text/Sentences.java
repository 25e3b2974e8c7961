package dev.reprise.examples.simulator.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The little grammar the author knows: where sentences end, what a capital is, how to cut a phrase. */
final class Sentences {

    private static final Pattern END = Pattern.compile("(?<=[.!?])[\"”')]*\\s+(?=[\\p{Lu}\\d\"“'(*])");

    private Sentences() {}

    /** The sentences of a paragraph, in order; "1.5" and "e.g. this" do not end one. */
    static List<String> of(String paragraph) {
        return Arrays.stream(END.split(paragraph.strip()))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    static String capitalised(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }

    /** The text with a small first letter, unless its first word is a name or an abbreviation such as "USB". */
    static String uncapitalised(String text) {
        return text.length() > 1 && Character.isUpperCase(text.charAt(0)) && !Character.isUpperCase(text.charAt(1))
                ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
                : text;
    }

    /** The text without its last full stop, colon or comma. */
    static String open(String text) {
        return text.strip().replaceAll("[.,;:]+$", "");
    }

    /** The text with a full stop at its end, unless it ends in a mark of its own. */
    static String closed(String text) {
        String open = open(text);
        return open.endsWith("!") || open.endsWith("?") ? open : open + ".";
    }

    /** The first {@code count} words of a text. */
    static String firstWords(String text, int count) {
        String[] words = text.strip().split("\\s+");
        return open(String.join(" ", Arrays.asList(words).subList(0, Math.min(count, words.length))));
    }
}
