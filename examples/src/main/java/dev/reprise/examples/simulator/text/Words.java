package dev.reprise.examples.simulator.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a phrase that carry its meaning. */
final class Words {

    private static final Set<String> EMPTY = Set.of(
            "about", "also", "and", "are", "but", "can", "could", "for", "from", "have", "into", "it's", "its", "just",
            "like", "made", "make", "more", "must", "need", "please", "really", "should", "some", "text", "than",
            "that", "the", "them", "then", "there", "this", "very", "want", "with", "would", "write", "you", "your");

    private Words() {}

    static List<String> of(String phrase) {
        return Arrays.stream(phrase.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
                .filter(word -> word.length() > 2 && !EMPTY.contains(word))
                .distinct()
                .toList();
    }

    /** Whether two words are the same but for their endings, such as "battery" and "batteries". */
    static boolean alike(String one, String other) {
        int stem = Math.max(4, Math.min(one.length(), other.length()) - 2);
        return one.equals(other)
                || (one.length() >= stem && other.length() >= stem && one.regionMatches(0, other, 0, stem));
    }
}
