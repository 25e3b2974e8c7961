package dev.reprise.generation;

/** Ready-made output processors; combine them with {@link OutputProcessor#then}. */
public final class OutputProcessors {

    private OutputProcessors() {}

    /** Leaves the text as it is. */
    public static OutputProcessor none() {
        return (text, settings) -> ProcessedOutput.accepted(text);
    }

    /**
     * Takes the inside of the first Markdown code fence, whatever its language; a text without a fence stays as it is.
     * A fence that is never closed is a rejection.
     */
    public static OutputProcessor stripFence() {
        return new FenceStripper();
    }

    /**
     * Accepts a text that is one JSON value, with nothing but white space around it.
     */
    public static OutputProcessor requireJson() {
        return new JsonRequirer();
    }

    /**
     * Extracts a number into the metadata, by a regular expression whose first group is the number.
     *
     * @param name the name in the metadata, and of the request's setting that overrides what is extracted
     * @param pattern a regular expression with one group
     */
    public static NumberExtractor extractNumber(String name, String pattern) {
        return NumberExtractor.of(name, pattern);
    }
}
