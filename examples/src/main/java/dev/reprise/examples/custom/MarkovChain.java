package dev.reprise.examples.custom;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which word follows which in a text, and walks through it: the same text gives the same walk. */
final class MarkovChain {

    private final List<String> words;
    private final Map<String, List<String>> followers = new LinkedHashMap<>();

    MarkovChain(String text) {
        words = words(text);
        for (int i = 0; i + 1 < words.size(); i++) {
            followers.computeIfAbsent(words.get(i), word -> new ArrayList<>()).add(words.get(i + 1));
        }
    }

    static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** A walk from the first word, which ends where a word has no follower, or never. */
    Iterator<String> walk() {
        var random = new Random(words.hashCode());
        return new Iterator<>() {
            private List<String> next = words.subList(0, Math.min(1, words.size()));

            @Override
            public boolean hasNext() {
                return !next.isEmpty();
            }

            @Override
            public String next() {
                var word = next.get(random.nextInt(next.size()));
                next = followers.getOrDefault(word, List.of());
                return word;
            }
        };
    }
}
