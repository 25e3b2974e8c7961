package dev.reprise.examples.simulator.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A manner of speaking.
 *
 * @param opening the line it opens a text with
 * @param closing the line it closes a text with
 * @param salutation how it begins a letter
 * @param signature how it ends one
 * @param words the words that give way, each with the one that takes its place
 */
record Tone(String opening, String closing, String salutation, String signature, Map<String, String> words) {

    static final Tone WARM = new Tone(
            "How lovely that you are here; make yourself comfortable.",
            "With the warmest wishes from all of us, and our thanks for reading.",
            "Dear friend",
            "Warmly",
            words("customers>friends, It is>It's, That is>That's, There is>There's, people>good people,"
                    + " plain>heartfelt, do not>don't"));
    static final Tone FORMAL = new Tone(
            "The following is submitted for your kind consideration.",
            "We remain at your disposal for any further information you may require.",
            "Dear Sir or Madam",
            "Yours faithfully",
            words("It's>It is, That's>That is, There's>There is, don't>do not, can't>cannot, a lot of>considerable,"
                    + " you will like>you may appreciate, people>clients, story>account, tell>inform, ask>enquire"));
    static final Tone PLAYFUL = new Tone(
            "Psst! Over here. This is the fun part.",
            "That's all, folks, and if you smiled once, our work here is done!",
            "Hello you",
            "Cheerio",
            words("It is>It's, That is>That's, good>splendid, people>clever people, plain>cheeky"));

    private static final String SALUTATIONS = "\\b(?:Dear reader|Dear friend|Dear Sir or Madam|Hello you),";
    private static final String SIGNATURES = "\\b(?:Yours sincerely|Yours faithfully|Warmly|Cheerio),";

    Tone {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** The text with this tone's words in the place of others. */
    String reword(String text) {
        String changed = text.replaceAll(SALUTATIONS, salutation + ",").replaceAll(SIGNATURES, signature + ",");
        for (Map.Entry<String, String> word : words.entrySet()) {
            changed = changed.replaceAll("(?<![\\p{L}*])\\Q" + word.getKey() + "\\E(?!\\p{L})", word.getValue());
        }
        return changed;
    }

    private static Map<String, String> words(String pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String pair : pairs.split(", ", -1)) {
            int middle = pair.indexOf('>');
            words.put(pair.substring(0, middle), pair.substring(middle + 1));
        }
        return words;
    }
}
