package dev.reprise.generation;

/** Who speaks in a turn of a conversation. System text is not a turn: see {@link GenerationRequest#system()}. */
public enum Role {
    /** The app or its user. */
    USER,
    /** The model. */
    ASSISTANT
}
