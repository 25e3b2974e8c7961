package dev.reprise.generation;

/**
 * Tokens spent. A sum of usages is a usage; what a provider does not report counts as zero.
 *
 * @param inputTokens tokens read at the full price, zero or more
 * @param outputTokens tokens written, zero or more
 * @param cacheReadTokens tokens read from the provider's prompt cache, zero or more
 * @param cacheWriteTokens tokens written to the provider's prompt cache, zero or more
 * @param reasoningTokens those of the output tokens that the model thought with, zero or more
 */
public record Usage(
        long inputTokens, long outputTokens, long cacheReadTokens, long cacheWriteTokens, long reasoningTokens) {

    /** Nothing spent. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** Negative counts, which some gateways report, become zero. */
    public Usage {
        inputTokens = Math.max(0, inputTokens);
        outputTokens = Math.max(0, outputTokens);
        cacheReadTokens = Math.max(0, cacheReadTokens);
        cacheWriteTokens = Math.max(0, cacheWriteTokens);
        reasoningTokens = Math.max(0, reasoningTokens);
    }

    /** Usage of which nobody said how much was thought. */
    public Usage(long inputTokens, long outputTokens, long cacheReadTokens, long cacheWriteTokens) {
        this(inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, 0);
    }

    /** Usage without a prompt cache. */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, 0, 0);
    }

    /** The sum of both. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                reasoningTokens + other.reasoningTokens);
    }
}
