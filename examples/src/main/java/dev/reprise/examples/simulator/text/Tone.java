package dev.reprise.examples.simulator.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A manner of speaking: how a text opens and closes, and which words give way to which. */
enum Tone {
    WARM(
            "How lovely that you are here; make yourself comfortable.",
            "With the warmest wishes from all of us, and our thanks for reading.",
            List.of("Dear reader", "Dear Sir or Madam"),
            "Dear friend",
            "Yours sincerely|Yours faithfully",
            "Warmly",
            "customers", "friends",
            "It is", "It's",
            "That is", "That's",
            "There is", "There's",
            "people", "good people",
            "plain", "heartfelt",
            "do not", "don't"),
    FORMAL(
            "The following is submitted for your kind consideration.",
            "We remain at your disposal for any further information you may require.",
            List.of("Dear reader", "Dear friend"),
            "Dear Sir or Madam",
            "Yours sincerely|Warmly",
            "Yours faithfully",
            "It's", "It is",
            "That's", "That is",
            "There's", "There is",
            "don't", "do not",
            "can't", "cannot",
            "a lot of", "considerable",
            "you will like", "you may appreciate",
            "people", "clients",
            "story", "account",
            "tell", "inform",
            "ask", "enquire"),
    PLAYFUL(
            "Psst! Over here. This is the fun part.",
            "That's all, folks, and if you smiled once, our work here is done!",
            List.of("Dear reader", "Dear Sir or Madam", "Dear friend"),
            "Hello you",
            "Yours sincerely|Yours faithfully|Warmly",
            "Cheerio",
            "It is", "It's",
            "That is", "That's",
            "good", "splendid",
            "people", "clever people",
            "plain", "cheeky");

    private final String opening;
    private final String closing;
    private final String salutations;
    private final String salutation;
    private final String signatures;
    private final String signature;
    private final Map<String, String> words = new LinkedHashMap<>();

    Tone(
            String opening,
            String closing,
            List<String> salutations,
            String salutation,
            String signatures,
            String signature,
            String... words) {
        this.opening = opening;
        this.closing = closing;
        this.salutations = String.join("|", salutations);
        this.salutation = salutation;
        this.signatures = signatures;
        this.signature = signature;
        for (int i = 0; i < words.length; i += 2) {
            this.words.put(words[i], words[i + 1]);
        }
    }

    String opening() {
        return opening;
    }

    String closing() {
        return closing;
    }

    /** The text with this tone's words in the place of others. */
    String reword(String text) {
        String changed = text.replaceAll("\\b(?:" + salutations + "),", salutation + ",")
                .replaceAll("\\b(?:" + signatures + "),", signature + ",");
        for (Map.Entry<String, String> word : words.entrySet()) {
            changed = changed.replaceAll("(?<![\\p{L}*])\\Q" + word.getKey() + "\\E(?!\\p{L})", word.getValue());
        }
        return changed;
    }
}
