package dev.reprise.generation;

import java.util.Map;

/** What an {@link OutputProcessor} made of a text. */
public sealed interface ProcessedOutput {

    /** A usable output without metadata. */
    static ProcessedOutput accepted(String output) {
        return new Accepted(output, Map.of());
    }

    /** A usable output and what was found out about it. */
    static ProcessedOutput accepted(String output, Map<String, String> metadata) {
        return new Accepted(output, metadata);
    }

    /** A text that cannot be used: a retryable failure; the text is kept. */
    static ProcessedOutput rejected(String reason) {
        return new Rejected(reason);
    }

    /**
     * A usable output.
     *
     * @param output the transformed text
     * @param metadata what was found out about it
     */
    record Accepted(String output, Map<String, String> metadata) implements ProcessedOutput {

        /** Copies the map. */
        public Accepted {
            metadata = Map.copyOf(metadata);
        }
    }

    /**
     * A text that cannot be used.
     *
     * @param reason what is wrong with it, for developers
     */
    record Rejected(String reason) implements ProcessedOutput {}
}
