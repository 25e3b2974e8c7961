package dev.reprise.generation;

/** Why a model stopped writing, the same for all providers; the provider's own word is kept beside it. */
public enum StopReason {
    /** It was done. */
    END,
    /** It wrote one of the stop sequences. */
    STOP_SEQUENCE,
    /** It reached the cap on output tokens. */
    MAX_TOKENS,
    /** It reached the end of its context window. */
    CONTEXT_WINDOW,
    /** It, or a content filter, declined. */
    REFUSAL,
    /** The provider paused a long turn and wants it sent back to go on. */
    PAUSE,
    /** It wants a tool to be called, which this library does not do. */
    TOOL_USE,
    /** The provider broke off before the model was done. */
    INTERRUPTED,
    /** A word we do not know, or none. */
    OTHER
}
