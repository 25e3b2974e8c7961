package dev.reprise.generation;

/**
 * A generation that was never stored: one call, no id, no retry.
 *
 * @param result what it brought
 * @param usage what it spent
 */
public record Preview(GenerationResult result, Usage usage) {

    /** The processed output. */
    public String output() {
        return result.output();
    }
}
