package dev.reprise.testkit.provider;

import dev.reprise.generation.Usage;
import java.util.List;

/**
 * What a model says in a test.
 *
 * @param pieces the text, in the pieces that a stream brings it in
 * @param stopWord the protocol's word for why it stopped
 * @param usage the tokens it reports; nothing from or for a cache
 */
public record Speech(List<String> pieces, String stopWord, Usage usage) {

    /** Copies the list. */
    public Speech {
        pieces = List.copyOf(pieces);
    }

    /** All of the text. */
    public String text() {
        return String.join("", pieces);
    }
}
